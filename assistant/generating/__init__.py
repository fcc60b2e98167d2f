"""Answers by a chat model, of which nothing is believed: it points at sentences, and every claim is checked in code.

LangChain is imported only when a model is first used.
"""
