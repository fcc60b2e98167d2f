"""External sets: retrieval and answers over public question sets, beside the baselines that a user would else build."""
