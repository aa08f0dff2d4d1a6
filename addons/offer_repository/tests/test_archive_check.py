from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger
from odoo.tools.translate import load_language

from .common_archive import ArchiveCheckCommon

CHECK = "odoo.addons.offer_repository.models.offer_archive_check"
DOCUMENTS = "odoo.addons.offer_repository.models.offer_archive_documents"


@tagged("post_install", "-at_install")
class TestArchiveCheck(ArchiveCheckCommon):
    def _check(self, user):
        env = self._as(user)
        action = env["res.config.settings"].create({}).action_offer_check_archive()
        return env["offer.archive.check"].browse(action["res_id"])

    def test_button_reports_an_intact_archive(self):
        check = self._check(self.admin)

        self.assertEqual(check.state, "intact")
        self.assertEqual((check.revision_count, check.event_count), (3, 3))
        self.assertEqual(check.revision_head, self.offers[2].current_revision_id.hash)

    def test_button_reports_where_something_was_altered(self):
        self._alter(self.revision, "amount_total", "numeric")

        check = self._check(self.admin)

        self.assertEqual(check.state, "damaged")
        finding = check.finding_ids
        self.assertEqual(
            (finding.sequence, finding.code, finding.detail, finding.offer_name),
            (2, "column_altered", "amount_total", self.offers[1].name),
        )

    def test_others_cannot_check_or_read_reports(self):
        for user in (self.anna, self.manager):
            checks = self._as(user)["offer.archive.check"]
            with self.assertRaises(AccessError):
                checks.action_check()
            self.assertFalse(checks.has_access("read"))
        self.assertFalse(
            self._as(self.admin)["offer.archive.check"].has_access("write")
        )

    def test_every_code_has_a_label(self):
        addon = Path(__file__).parents[1]
        source = "".join(
            (addon / "evidence" / name).read_text()
            for name in ("chain.py", "commitment.py", "kept.py")
        )
        codes = {
            part.split('"')[1]
            for part in source.split("Finding(")[1:]
            if '"' in part[:25]
        }
        labels = dict(self.env["offer.archive.finding"]._fields["code"].selection)

        self.assertGreater(len(codes), 15)
        self.assertLessEqual(codes, labels.keys())

    def _run_cron(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            for name in ("archive_check", "archive_check_run"):
                self.env.ref(
                    f"offer_repository.ir_cron_offer_{name}"
                ).method_direct_trigger()
        self.env.invalidate_all()
        return self.env["offer.archive.check"].search(
            [("company_id", "=", self.warszawa.id)], limit=1
        )

    def test_nightly_check_tells_administrators_of_damage(self):
        self.assertFalse(self._run_cron().activity_ids)
        self._alter(self.revision, "amount_total", "numeric")

        check = self._run_cron()

        self.assertEqual(check.state, "damaged")
        self.assertIn(self.admin, check.activity_ids.user_id)
        self.assertNotIn(self.anna, check.activity_ids.user_id)
        self.assertIn("1 finding", check.activity_ids[:1].summary)

    def test_large_archive_is_checked_in_the_background(self):
        self._alter(self.revision, "amount_total", "numeric")
        with self._as_large_archive():
            action = self._as(self.admin)["offer.archive.check"].action_check()
            check = self.env["offer.archive.check"].browse(action["res_id"])
            self.assertEqual(check.state, "running")
            progress = []
            while check.state == "running":
                check._step(2)
                progress.append(check.progress)

        self.assertEqual(progress, sorted(progress))
        self.assertGreater(len(progress), 3)
        self.assertEqual(progress[-1], 100)
        self.assertEqual(check.state, "damaged")
        self.assertEqual(check.finding_ids.mapped("sequence"), [2])
        self.assertEqual((check.revision_count, check.event_count), (3, 3))
        self.assertEqual(check.revision_head, self.offers[2].current_revision_id.hash)

    def _as_large_archive(self):
        return patch(f"{CHECK}._DONE_AT_ONCE", 1)

    def test_interrupted_check_goes_on_from_where_it_was(self):
        check = self.env["offer.archive.check"]._start(self.warszawa)
        check._step(2)

        self.assertEqual((check.after_sequence, check.checked_count), (2, 2))
        self._run_cron()

        self.assertEqual(check.state, "intact")
        self.assertEqual(check.checked_count, 6)

    def test_check_under_way_can_be_stopped(self):
        check = self.env["offer.archive.check"]._start(self.warszawa)
        check._step(2)
        for user in (self.anna, self.manager):
            with self.assertRaises(AccessError):
                check.with_env(self._as(user)).action_cancel()

        check.with_env(self._as(self.admin)).action_cancel()

        self.assertEqual(check.state, "cancelled")
        self._run_cron()
        self.assertEqual(check.checked_count, 2)
        with self.assertRaisesRegex(UserError, "over already"):
            check.with_env(self._as(self.admin)).action_cancel()

    def test_row_that_never_got_a_place_is_named(self):
        self.env.flush_all()
        self.env.cr.execute(
            "INSERT INTO offer_revision (offer_id, company_id, number, reason, date, "
            "payload, personal, payload_sha256, currency_id) SELECT offer_id, "
            "company_id, 99, reason, date, payload, personal, payload_sha256, "
            "currency_id FROM offer_revision WHERE id = %s RETURNING id",
            (self.revision.id,),
        )
        [(row_id,)] = self.env.cr.fetchall()
        self._make_sent_offer(self.anna)  # must not give it a place

        found = [(one.code, one.detail) for one in self._verify()]

        self.assertEqual(found, [("row_unplaced", str(row_id))])

    def test_fraction_of_a_second_is_found(self):
        for record in (self.revision, self.event):
            with self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(
                    SQL(
                        "UPDATE %s SET date = date + interval '1 microsecond' "
                        "WHERE id = %s",
                        SQL.identifier(record._table),
                        record.id,
                    )
                )
                found = [(one.code, one.detail) for one in self._verify()]
                self.assertEqual(found, [("column_altered", "date")])
                savepoint.rollback()

    def test_large_file_is_read_in_pieces(self):
        document = self.revision.document_ids
        path = Path(document._full_path(document.store_fname))
        data = document.raw
        self.addCleanup(path.write_bytes, data)

        with patch(f"{DOCUMENTS}._AT_ONCE", 7):
            self.assertEqual(self._verify(), [])
            path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
            self.assertIn("document_altered", {one.code for one in self._verify()})
            path.unlink()
            with mute_logger("odoo.addons.base.models.ir_attachment"):
                found = {one.code for one in self._verify()}
            self.assertIn("document_missing", found)

    def test_hash_of_the_day_is_printed_in_the_readers_language(self):
        check = self.env["offer.archive.check"]._check_company_now(self.warszawa)
        own = check.with_env(self._as(self.admin))

        self.assertIn("anchor", own.action_print_anchor()["url"])
        pdf = own._render_anchor()

        self.assertEqual(pdf, own._render_anchor())
        text = self._pdf_text(pdf)
        self.assertIn("Meridian Warszawa", text)
        self.assertIn("revision:3", text)
        self.assertIn(check.revision_head[:8], text)
        running = self.env["offer.archive.check"]._start(self.warszawa)
        with self.assertRaisesRegex(UserError, "not over yet"):
            running.action_print_anchor()

    def test_hash_of_the_day_is_mailed_in_the_language_of_who_gets_it(self):
        load_language(self.env.cr, "pl_PL")
        self._make_customer("Notary", email="notary@example.com", lang="pl_PL")
        check = self.env["offer.archive.check"]

        self.assertEqual(check._anchor_lang("notary@example.com"), "pl_PL")
        self.assertEqual(check._anchor_lang("nobody@example.com"), "en_US")

    def test_nightly_check_mails_the_hash_of_the_day(self):
        self.warszawa.offer_anchor_email = "notary@example.com"

        check = self._run_cron()

        mail = self.env["mail.mail"].search([("email_to", "=", "notary@example.com")])
        self.assertEqual(len(mail), 1)
        self.assertIn(f"revision:3:{check.revision_head}", mail.body_html)


@tagged("post_install", "-at_install")
class TestArchiveUnharmed(ArchiveCheckCommon):
    """What happens in daily life is no finding."""

    def test_life_goes_on(self):
        duplicate = self._make_customer("Lacznik sp. zoo", email=False)
        self._make_sent_offer(self.anna, partner=duplicate)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (duplicate | self.customer).ids, self.customer
        )
        self.warszawa.name = "Renamed branch"
        self.env["res.lang"]._activate_lang("pl_PL")
        self.lathe.uom_id.name = "Pieces"
        self.env["res.currency.rate"].create(
            {"currency_id": self.currency.id, "rate": 9, "company_id": self.root.id}
        )
        self.currency.rounding = 0.001
        self.anna.name = "Renamed seller"
        self.revision._forget_people()
        self.event._forget_people()

        self.assertEqual(self._verify(), [])

    def test_another_language_everywhere_is_no_finding(self):
        self.env["res.lang"]._activate_lang("pl_PL")
        polish = self.env["base.language.install"].create(
            {"lang_ids": self.env.ref("base.lang_pl").ids}
        )
        polish.overwrite = True
        polish.lang_install()
        for record in (self.anna, self.admin, self.customer, self.warszawa.partner_id):
            record.lang = "pl_PL"
        self.lathe.with_context(lang="pl_PL").name = "Tokarka"
        self.lathe.uom_id.with_context(lang="pl_PL").name = "Sztuki"
        self.env.user.lang = "pl_PL"

        self.assertEqual(self._verify(), [])

    def test_each_change_of_rates_is_no_finding(self):
        rates = self.env["res.currency.rate"]
        past = self.offers[0].current_revision_id.date.date()
        for day, rate in ((past, 3), ("2020-01-01", 7)):
            rates.create(
                {
                    "currency_id": self.env.ref("base.PLN").id,
                    "name": day,
                    "rate": rate,
                    "company_id": self.root.id,
                }
            )
        rates.search([]).unlink()
        self.env.ref("base.USD").active = True

        self.assertEqual(self._verify(), [])

    def test_deleted_product_is_no_finding(self):
        product = self._make_product("Press P-1", "P1", 10)
        offer = self._make_sent_offer(self.anna, lines=[(product, 1, 10)])
        offer.order_id._action_cancel()
        offer.order_id.sudo().unlink()

        product.unlink()

        self.assertEqual(self._verify(), [])
