"""A chapter in, a lecture out: offline decks, hand-outs and figure files from the notebooks."""
