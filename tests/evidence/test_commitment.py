import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import CommitmentError, Finding, commit, commit_all, verify_commitments

SALT = "00" * 16
SALTS = st.binary(min_size=16, max_size=32).map(bytes.hex)


@given(SALTS, st.text(), st.text())
def test_commitment_opens_with_its_value_and_no_other(salt, value, other):
    commitments = {"name": commit(salt, "name", value)}

    findings = verify_commitments(7, commitments, {"name": other}, {"name": salt})

    assert (findings == ()) == (value == other)


@given(SALTS, st.text())
def test_equal_values_of_two_fields_differ(salt, value):
    assert commit(salt, "customer.name", value) != commit(salt, "contact.name", value)


@given(SALTS, SALTS, st.text())
def test_equal_values_with_two_salts_differ(left, right, value):
    same = commit(left, "vat", value) == commit(right, "vat", value)

    # HMAC pads a key with zeros, so zeros at its end are no difference
    keys = {bytes.fromhex(salt).rstrip(b"\0") for salt in (left, right)}
    assert same == (len(keys) == 1)


@pytest.mark.parametrize(
    ("salt", "code"),
    [("xyz", "salt_malformed"), ("00", "salt_short"), ("", "salt_short")],
)
def test_weak_salt_is_refused(salt, code):
    with pytest.raises(CommitmentError) as caught:
        commit(salt, "vat", "5213000001")

    assert caught.value.code == code


def test_every_value_needs_its_own_salt():
    with pytest.raises(CommitmentError) as caught:
        commit_all({"name": "Anna", "vat": "1"}, {"name": SALT})

    assert (caught.value.code, caught.value.path) == ("salt_missing", "vat")


def test_erased_person_is_no_finding():
    commitments = commit_all({"name": "Anna"}, {"name": SALT})

    assert verify_commitments(1, commitments, {}, {}) == ()


@pytest.mark.parametrize(
    ("values", "salts", "finding"),
    [
        ({"name": "Ewa"}, {"name": SALT}, Finding("personal_altered", 3, "name")),
        ({"name": "Anna"}, {}, Finding("personal_altered", 3, "name")),
        ({"name": "Anna"}, {"name": "zz"}, Finding("personal_altered", 3, "name")),
        ({"phone": "1"}, {"phone": SALT}, Finding("personal_unknown", 3, "phone")),
    ],
    ids=["value", "salt lost", "salt broken", "field added"],
)
def test_altered_personal_data_is_found(values, salts, finding):
    commitments = commit_all({"name": "Anna"}, {"name": SALT})

    assert verify_commitments(3, commitments, values, salts) == (finding,)
