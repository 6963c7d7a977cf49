"""Speed as ratios: the product beside a named peer, in interleaved pairs, in one run (`make bench`)."""
