"""The pure core: values in, values out; no file, clock, network, randomness or log."""
