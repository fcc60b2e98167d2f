"""Learns the weights of ranking from question sets; needs LightGBM, which answering does not."""
