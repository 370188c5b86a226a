"""The pieces that every vocabulary begins with, and the mark of a position that is not learnt."""

SPECIAL = ("<unk>", "<s>", "</s>")
UNK, BOS, EOS = range(3)
#: What torch's cross-entropy leaves out by default.
IGNORED = -100
