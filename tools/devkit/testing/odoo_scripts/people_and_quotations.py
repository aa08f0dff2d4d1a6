"""Make what a company has before it installs offer_repository: staff and quotations.

Two branches each have the same customer in their own words, and a quotation for it.
"""

from odoo.fields import Command

SALESMAN = "sales_team.group_sale_salesman"


def make_company(name, parent):
    return env["res.company"].create({"name": name, "parent_id": parent.id})


def make_seller(login, companies):
    return env["res.users"].create(
        {
            "name": login,
            "login": login,
            "company_id": companies[0].id,
            "company_ids": [Command.set(companies.ids)],
            "group_ids": [Command.link(env.ref(SALESMAN).id)],
        }
    )


def make_quotation(seller, product, price):
    customer = env["res.partner"].create(
        {
            "name": "Residue Works",
            "is_company": True,
            "vat": "PL5260250274",
            "email": "buyer@customer.example",
            "phone": "+48 22 694 50 00",
            "company_id": seller.company_id.id,
            "country_id": env.ref("base.pl").id,
        }
    )
    line = {"product_id": product.id, "product_uom_qty": 1, "price_unit": price}
    env["sale.order"].create(
        {
            "partner_id": customer.id,
            "user_id": seller.id,
            "company_id": seller.company_id.id,
            "order_line": [Command.create(line)],
        }
    )


root = env["res.company"].create({"name": "Residue Root"})
branches = make_company("Residue One", root) | make_company("Residue Two", root)
make_seller("residue.manager", root | branches)
machine = env["product.product"].create({"name": "Machine", "type": "consu"})
for branch, price in zip(branches, (50000, 60000), strict=True):
    make_quotation(make_seller(f"residue.{branch.id}", branch), machine, price)

# What people enter with the addon stays when it goes: customers, a to-do on one of
# them, and those on the quotations of a decided conflict. They take the place of these,
# so that the numbers of rows can be compared.
env["res.partner"].create([{"name": f"Spare {number}"} for number in range(4)])
for _number in range(3):
    todo = "mail.mail_activity_data_todo"
    root.partner_id.activity_schedule(todo, summary="Spare")
# Odoo gives a first domain to all addresses there are; that must not look like ours.
env["mail.alias.domain"].create({"name": "residue.example"})
env.cr.commit()
