"""Tiny models with random weights, made by the tests and loaded from a folder by the real code."""

WORDS = "the ferry crosses eleven times a day trade with africa grew how much did rise cat sleeps on warm roof question passage :".split()
CHARACTERS = sorted(set("渡轮每天往返十一次对非洲的贸易增长了多少猫在屋顶睡觉"))


def _base(folder, **shape):
    """A tokenizer and the shape of a BERT, saved to a folder."""
    import torch
    from transformers import BertConfig, BertTokenizer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    torch.manual_seed(shape.pop("seed", 7))
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(WORDS), *CHARACTERS]
    letters = [mark + letter for letter in "abcdefghijklmnopqrstuvwxyz0123456789" for mark in ("", "##")]
    vocabulary += [piece for piece in letters if piece not in vocabulary]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    tokenizer = BertTokenizer(str(folder / "vocab.txt"), model_max_length=64)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=48,
        max_position_embeddings=64, **shape,
    )  # fmt: skip
    return tokenizer, config


def make_sentence_transformer(folder, seed=7, prompts=None):
    """A bi-encoder of dimension 32, with mean pooling; returns its folder."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertModel

    tokenizer, config = _base(folder / "bert", seed=seed)
    BertModel(config).save_pretrained(folder / "bert")
    tokenizer.save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"), max_seq_length=64)
    model = SentenceTransformer(modules=[transformer, Pooling(32, "mean")], device="cpu", prompts=prompts)
    model.save(str(folder / "model"), create_model_card=False)
    return folder / "model"


def make_cross_encoder(folder, seed=7):
    """A cross-encoder with one score a pair; returns its folder."""
    from transformers import BertForSequenceClassification

    tokenizer, config = _base(folder, seed=seed, num_labels=1)
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
