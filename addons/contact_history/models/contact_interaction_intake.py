from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from ..intake import ItemError, parse_item
from ..timeline import shorten

MAX_ITEMS = 1000
RECORDER = "contact_history.contact_history_group_recorder"


class ContactInteraction(models.Model):
    _inherit = "contact.interaction"

    @api.model
    def record_contacts(self, contacts):
        """Record contacts that another system hands in, each once.

        For ``/json/2/contact.interaction/record_contacts`` with the API key of a user
        who is a *Recorder*. Handing in the same (origin, external_id) again changes
        nothing. An item that cannot be recorded stops no other. Fields: see
        ``intake.Item``.

        :param list contacts: at most 1000 dicts.
        :return: for each item a dict of ``index``, ``external_id``, ``status``
            ("created", "known" or "error"), ``id`` and ``error`` ({code, field}).
        :raise AccessError: when the user is no recorder.
        :raise ValidationError: for no list, or for too many items.
        """
        self._check_recorder(contacts)
        return self._record_contacts(contacts)

    @api.model
    def _record_contacts(self, contacts):
        """Record contacts, whoever hands them in; see ``record_contacts``.

        The caller has checked that the user may.

        :param list contacts: of dicts; an ``ItemError`` stands for a contact that
            could not even be read.
        """
        now = fields.Datetime.now()
        results, items = [], {}
        for index, values in enumerate(contacts):
            result = self._prepare_result(index, values)
            results.append(result)
            try:
                if isinstance(values, ItemError):
                    raise values
                item = parse_item(values, now)
                self._check_item(item)
            except ItemError as error:
                result["status"] = "error"
                result["error"] = {"code": error.code, "field": error.name}
                continue
            items.setdefault(item.key, (item, []))[1].append(result)
        self._record_items(items)
        return results

    def _check_recorder(self, contacts):
        if not self.env.user.has_group(RECORDER):
            raise AccessError(
                self.env._(
                    "Only a user with the right “Recorder” may hand in contacts. Ask "
                    "your administrator."
                )
            )
        if not isinstance(contacts, list) or len(contacts) > MAX_ITEMS:
            raise ValidationError(
                self.env._(
                    "Hand in a list of at most %(max)s contacts at a time.",
                    max=MAX_ITEMS,
                )
            )

    def _prepare_result(self, index, values):
        external_id = values.get("external_id") if isinstance(values, dict) else None
        return {"index": index, "external_id": external_id, "id": None, "error": None}

    def _check_item(self, item):
        """Refuse branches that the recorder does not belong to."""
        if item.company_id and item.company_id not in self.env.user.company_ids._ids:
            raise ItemError("unknown", "company_id")

    def _record_items(self, items):
        """Write the items that are new, and tell in their results what happened."""
        if not items:
            return
        # sudo: recorders may hand in and read nothing; the group was checked.
        log_sudo = self.sudo()
        stored = log_sudo.search(
            [
                ("origin", "in", list({origin for origin, _id in items})),
                ("external_id", "in", list({name for _origin, name in items})),
            ]
        )
        known = {(row.origin, row.external_id): row.id for row in stored}
        prepared = self._prepare_items(
            [item for key, (item, _results) in items.items() if key not in known]
        )
        refused = {key: values for key, values in prepared.items() if "code" in values}
        new = {key: prepared[key] for key in prepared if key not in refused}
        rows = log_sudo.create(list(new.values()))
        created = dict(zip(new, rows.ids, strict=True))
        for key, (_item, results) in items.items():
            for place, result in enumerate(results):
                if key in refused:
                    result.update(status="error", error=refused[key])
                    continue
                is_new = key in created and place == 0
                result["status"] = "created" if is_new else "known"
                result["id"] = created.get(key) or known[key]

    def _prepare_items(self, items):
        """Return {key: values of the row, or the error}, in a few look-ups."""
        users = self._find_item_users(items)
        customers = self._find_item_customers(items)
        prepared = {}
        for item in items:
            if item.user and item.user not in users:
                prepared[item.key] = {"code": "unknown", "field": "user"}
            elif item.partner_id and item.partner_id not in customers:
                prepared[item.key] = {"code": "unknown", "field": "partner_id"}
            else:
                prepared[item.key] = self._prepare_item(item, users, customers)
        return prepared

    def _prepare_item(self, item, users, customers):
        company_id = item.company_id or self.env.company.id
        if item.partner_id:
            customer = {"partner_id": item.partner_id}
        else:
            company = self.env["res.company"].browse(company_id)
            customer = self._customer_of_item(item, company)
        return {
            "origin": item.origin,
            "external_id": item.external_id,
            "company_id": company_id,
            "channel": item.channel,
            "direction": item.direction,
            "state": item.state,
            "occurred_at": item.occurred_at,
            "address": item.address or False,
            "subject": item.subject or False,
            "note": item.text or False,
            "preview": shorten(item.text),
            "user_id": users.get(item.user, False),
            "duration": item.duration,
            "is_automatic": item.is_automatic,
            "needs_no_answer": item.needs_no_answer,
            "is_confidential": item.is_confidential,
            **customer,
        }

    def _find_item_users(self, items):
        logins = {item.user for item in items if item.user}
        users_sudo = self.env["res.users"].sudo()
        found = users_sudo.search(
            [
                ("login", "in", list(logins)),
                ("share", "=", False),
                ("company_ids", "in", self.env.user.company_ids.ids),
            ]
        )
        return {user.login: user.id for user in found}

    def _find_item_customers(self, items):
        """Return the ids of partners that exist and belong to the recorder's tree."""
        ids = {item.partner_id for item in items if item.partner_id}
        companies_sudo = self.env.user.company_ids.sudo().parent_ids
        partners_sudo = self.env["res.partner"].sudo()
        found = partners_sudo.search(
            [
                ("id", "in", list(ids)),
                ("company_id", "in", [*companies_sudo.ids, False]),
            ]
        )
        return set(found.ids)

    def _customer_of_item(self, item, company):
        """Return the customer behind the address, as far as it is clear."""
        if not item.address:
            return {"partner_id": False}
        # sudo: only to make the address comparable, for a company one belongs to.
        draft = self.sudo().new({"address": item.address, "company_id": company.id})
        address = draft._normalize_address()
        found = address and self.sudo()._customer_of(address, company)
        return found or {"partner_id": False}
