import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import normalise_email, normalise_emails


@pytest.mark.parametrize(
    "value",
    [
        "biuro@lacznik.example",
        " Biuro@LACZNIK.example ",
        '"Jan Kowalski" <biuro@lacznik.example>',
        "mailto:biuro@lacznik.example",
        "biuro@lacznik.example.",
        "ｂｉｕｒｏ@lacznik.example",
    ],
)
def test_ways_to_write_one_mailbox_are_one(value):
    assert normalise_email(value) == "biuro@lacznik.example"


def test_every_mailbox_of_a_field_counts_once():
    value = '"Jan" <Jan@Ex.pl>, other@x.pl; JAN@ex.pl third@x.pl'

    assert normalise_emails(value) == ("jan@ex.pl", "other@x.pl", "third@x.pl")


def test_domain_with_diacritics_equals_its_registered_form():
    assert normalise_email("a@zakład.pl") == normalise_email("a@xn--zakad-m7a.pl")


@pytest.mark.parametrize("value", ["jan.k@gmail.com", "info@firma.pl", "jan+x@wp.pl"])
def test_free_mail_and_role_addresses_stay(value):
    assert normalise_email(value) == value


@pytest.mark.parametrize(
    "value",
    ["", "brak", "test@test", "test@test.pl", "brak@brak.pl", "noreply@firma.pl", "@",
     "a@", "@b.pl", "a@b", "a@@b.pl", "a@.pl", "a@b..pl", "x" * 65 + "@b.pl"],
)  # fmt: skip
def test_dummies_and_broken_addresses_are_none(value):
    assert normalise_email(value) is None


def test_dots_and_tags_tell_mailboxes_apart():
    # Some providers ignore them, most do not: two colleagues must stay two.
    assert normalise_email("j.nowak@firma.pl") != normalise_email("jnowak@firma.pl")


@given(st.text(max_size=300))
def test_any_text_is_survived(value):
    normalise_emails(value)


@given(st.emails() | st.text("aİßŁǅﬁ@.,;<> x", max_size=30))
def test_normalising_twice_changes_nothing(value):
    for mailbox in normalise_emails(value):
        assert normalise_emails(mailbox) in ((mailbox,), ())
