"""COMPATIBILITY: keys, evidence and verdict by exact values only."""
