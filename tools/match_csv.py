#!/usr/bin/env python3
"""Find customers that are in a register twice: the engine of offer_repository on a CSV.

Input: a header line and any of the columns record_id, branch, name, is_company, vat,
company_registry, email, phone, mobile, website, street, city, zip, country_code,
contact_person; others are ignored, and so are capitals, spaces and signs in their
names. UTF-8 or --encoding, separated by comma, semicolon, tabulator or bar.
Pairs come as left_id,right_id,score,verdict,evidence in the order of the register;
clusters as record_id,cluster_id, one row for each record that is not alone.

Exit code: 0 all rows read, 1 broken rows were skipped (each reported with its line),
2 nothing could be done with the input or the options.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "addons" / "offer_repository"))


def _with_libraries() -> None:
    """Go on in the private environment where this Python lacks the libraries."""
    own = ROOT / ".local" / "venv" / "bin" / "python"
    try:
        import matching  # noqa: F401 -- only whether it can be imported
    except ImportError as error:
        if own.exists() and Path(sys.prefix) != own.parents[1]:
            os.execv(own, [str(own), *sys.argv])
        sys.stderr.write(
            f"{error}. Install what requirements.txt lists, or call: make setup\n"
        )
        raise SystemExit(2) from error


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _options() -> argparse.Namespace:
    first, _blank, rest = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        description=first,
        epilog=rest,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("register", type=Path, metavar="REGISTER.csv")
    parser.add_argument(
        "--out", type=Path, metavar="PAIRS.csv", help="without --out and --clusters: -"
    )
    parser.add_argument("--clusters", type=Path, metavar="CLUSTERS.csv")
    parser.add_argument(
        "--threshold",
        choices=("certain", "probable", "possible"),
        default="possible",
        help="least verdict of the pairs and clusters written (default: %(default)s;"
        " possible pairs never make a cluster)",
    )
    parser.add_argument(
        "--scheme",
        metavar="NAME",
        help="weights and thresholds (default: by the first rows)",
    )
    parser.add_argument(
        "--encoding",
        metavar="NAME",
        help="of the register, for example cp1250 (default: UTF-8, or as a byte order"
        " mark says)",
    )
    parser.add_argument(
        "--processes",
        type=_positive,
        default=min(2, os.cpu_count() or 1),
        help="default: %(default)s",
    )
    return parser.parse_args()


def main() -> int:
    """Run the command; see the module's text for what it returns."""
    options = _options()
    _with_libraries()
    from csv_matching.run import run

    return run(options)


if __name__ == "__main__":
    sys.exit(main())
