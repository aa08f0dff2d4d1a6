"""Which Debian server a machine uses, read from its own apt sources."""

import pytest

from devkit import apt
from devkit.apt import Origin, find_origin, parse_deb822, parse_one_line

KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg"
MODERN = f"""\
Types: deb
# http://old.example.org/debian
URIs: http://mirror.example.org/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: {KEYRING}

Types: deb
URIs: http://mirror.example.org/debian-security
Suites: bookworm-security
Components: main
Signed-By: {KEYRING}
"""
INLINE_KEY = """\
Types: deb
URIs: https://mirror.example.org/debian
Suites: trixie
Components: main contrib
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mQINBF
 -----END PGP PUBLIC KEY BLOCK-----
"""


@pytest.fixture
def etc_apt(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return tmp_path

    (tmp_path / "sources.list.d").mkdir()
    return write


def test_comments_inside_a_stanza_are_dropped():
    first, second = parse_deb822(MODERN)

    assert first["uris"] == "http://mirror.example.org/debian"
    assert second["suites"] == "bookworm-security"


def test_an_inline_key_stays_in_its_field():
    (stanza,) = parse_deb822(INLINE_KEY)

    assert stanza["signed-by"].startswith("\n -----BEGIN PGP")
    assert stanza["signed-by"].endswith("END PGP PUBLIC KEY BLOCK-----")


@pytest.mark.parametrize(
    ("line", "uri", "suite", "components", "signed_by"),
    [
        ("deb http://m/debian sid main", "http://m/debian", "sid", "main", ""),
        (
            f"deb [arch=amd64 signed-by={KEYRING}] http://m/debian stable main contrib",
            "http://m/debian",
            "stable",
            "main contrib",
            KEYRING,
        ),
        ("deb [trusted=yes] file:/srv/x ./", "file:/srv/x", "./", "", ""),
    ],
    ids=["plain", "options", "flat"],
)
def test_old_lines_are_understood(line, uri, suite, components, signed_by):
    (stanza,) = parse_one_line(f"# comment\n{line}  # more\ndeb-src http://m x main\n")

    assert stanza == {
        "types": "deb",
        "uris": uri,
        "suites": suite,
        "components": components,
        "signed-by": signed_by,
    }


@pytest.mark.parametrize("line", ["deb", "deb http://m", "deb [x", "deb [] http://m"])
def test_broken_lines_do_not_break_the_set_up(line, etc_apt):
    assert find_origin(etc_apt("sources.list", line)) is None


def test_the_debian_server_is_found_and_not_the_security_one(etc_apt):
    folder = etc_apt("sources.list.d/debian.sources", MODERN)

    assert find_origin(folder) == Origin("http://mirror.example.org/debian", KEYRING)


def test_the_key_of_the_machine_is_used_when_the_source_names_none(etc_apt):
    folder = etc_apt("sources.list", "deb http://mirror.example.org/debian sid main")

    assert find_origin(folder).signed_by == str(apt.DEBIAN_KEYRING)


@pytest.mark.parametrize(
    "text",
    [
        MODERN.replace(KEYRING, "/usr/share/keyrings/ubuntu-archive-keyring.gpg"),
        MODERN.replace("Types: deb", "Types: deb-src"),
        MODERN.replace("Types: deb", "Enabled: no\nTypes: deb"),
        MODERN.replace("Components: main", "Components: non-free"),
        MODERN.replace("bookworm", "noble"),
    ],
    ids=["other keys", "sources only", "disabled", "no main", "not debian"],
)
def test_sources_that_cannot_serve_debian_are_passed_over(etc_apt, text):
    assert find_origin(etc_apt("sources.list.d/x.sources", text)) is None


def test_an_inline_key_is_written_back_whole(etc_apt):
    origin = find_origin(etc_apt("sources.list.d/x.sources", INLINE_KEY))

    (stanza,) = parse_deb822(origin.stanza("sid"))
    (original,) = parse_deb822(INLINE_KEY)
    assert stanza["suites"] == "sid"
    assert stanza["signed-by"] == original["signed-by"]


def test_another_vendor_with_a_suite_stable_is_not_debian(etc_apt):
    line = "deb http://vendor.example.org/browser/deb/ stable main"

    assert find_origin(etc_apt("sources.list.d/vendor.list", line)) is None
