"""Whose data is looked for: one person, in all records that are that person."""

from typing import NamedTuple

from odoo import models
from odoo.tools import email_normalize

from ..dossier import Masker


class Subject(NamedTuple):
    """One person or company, and where we look.

    Everything in superuser mode: who may look was checked, and ``companies`` are the
    branches that person may look in.

    :param partner: the record that was chosen.
    :param partners: all records that are certainly the same.
    :param addresses: normal forms of addresses and numbers that are nobody else's.
    :param masker: takes other people out of texts.
    """

    partner: models.Model
    partners: models.Model
    companies: models.Model
    addresses: frozenset[str]
    masker: Masker

    @property
    def is_contact(self):
        """Tell whether it is one of the people of a company, which itself stays."""
        return self.partner != self.partner.commercial_partner_id


def find_subject(partner, companies):
    """Return the subject.

    :param partner: res.partner of length one; its access was checked.
    :param companies: res.company, the branches to look in.
    """
    partner_sudo, companies_sudo = partner.sudo(), companies.sudo()
    reachable = companies_sudo.parent_ids
    partners_sudo = partner_sudo._contact_same_person()[partner_sudo.id].filtered(
        lambda one: not one.company_id or one.company_id in reachable
    )
    partners_sudo = (partner_sudo | partners_sudo).with_context(active_test=False)
    addresses = _addresses(partners_sudo)
    return Subject(
        partner_sudo,
        partners_sudo,
        companies_sudo,
        addresses - _shared(partners_sudo, addresses),
        _masker(partners_sudo, companies_sudo),
    )


def _addresses(partners_sudo):
    numbers = {
        number.e164
        for partner in partners_sudo
        for number in partner._contact_history_numbers()
    }
    learned = partners_sudo.env["contact.phone.number"].search(
        [("partner_id", "in", partners_sudo.ids)]
    )
    emails = filter(None, partners_sudo.mapped("email_normalized"))
    return frozenset({*numbers, *learned.mapped("number"), *emails})


def _shared(partners_sudo, addresses):
    """Return which of the addresses are somebody else's, too."""
    others = [("id", "not in", partners_sudo.ids)]
    emails = partners_sudo.search(
        [*others, ("email_normalized", "in", list(addresses))]
    ).mapped("email_normalized")
    numbers = (
        partners_sudo.env["contact.phone.number"]
        .search(
            [
                ("partner_id", "not in", partners_sudo.ids),
                ("number", "in", list(addresses)),
            ]
        )
        .mapped("number")
    )
    return {*emails, *numbers}


def _masker(partners_sudo, companies_sudo):
    """Leave out the people of the same company, who have the same right."""
    colleagues = (
        partners_sudo.search(
            [
                (
                    "commercial_partner_id",
                    "in",
                    partners_sudo.commercial_partner_id.ids,
                ),
                ("is_company", "=", False),
            ]
        )
        - partners_sudo
    )
    own = [
        text
        for one in partners_sudo
        for text in (one.name, one.email, one.phone, one.commercial_partner_id.name)
        if text
    ]
    domains = {
        email.partition("@")[2]
        for email in map(email_normalize, filter(None, companies_sudo.mapped("email")))
        if email
    }
    placeholder = "[…]"
    return Masker(
        filter(None, colleagues.mapped("name")), own, sorted(domains), placeholder
    )
