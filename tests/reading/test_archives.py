import io
import zipfile

import pytest

from reading import DEFAULT_LIMITS, SafeArchive, document_names


def archive_of(*names):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return SafeArchive(stream.getvalue(), DEFAULT_LIMITS)


@pytest.mark.parametrize(
    ("named", "found"),
    [
        ("docs/Offer.pdf", "docs/Offer.pdf"),
        ("DOCS\\offer.PDF", "docs/Offer.pdf"),
        ("offer.pdf", "docs/Offer.pdf"),
        ("other/offer.pdf", None),
        ("offer", None),
    ],
)
def test_a_part_is_found_by_path_or_name(named, found):
    assert archive_of("docs/Offer.pdf", "b.pdf").find(named) == found


def test_what_nobody_names_is_left_over_without_what_systems_add():
    archive = archive_of("a.pdf", "d/b.pdf", "__MACOSX/._a.pdf", "d/.DS_Store", "c.pdf")

    assert archive.left_over(["A.pdf", "missing.pdf"]) == ("d/b.pdf", "c.pdf")
    assert archive.left_over(["a.pdf", "b.pdf", "c.pdf"]) == ()


def test_names_of_a_cell_each_once():
    assert document_names("a.pdf; b.pdf\na.pdf;;") == ("a.pdf", "b.pdf")
