"""The engine of offer_repository on a CSV export; see tools/match_csv.py."""
