"""Labelled customer registers, made up by rules that know nothing of the engine."""
