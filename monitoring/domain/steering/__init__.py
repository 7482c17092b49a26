"""Interpreting, judging and steering: the verbs, and the rules that only need plain values."""
