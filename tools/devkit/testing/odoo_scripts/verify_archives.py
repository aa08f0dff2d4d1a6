"""Verify the archive that ``make_archive`` made, where it was made."""

import json

branch = env["res.company"].search([("name", "=", "Branch to restore")])
findings = env["offer.revision"]._verify_company(branch)
print(f"\nRESTORE {json.dumps({'findings': [repr(one) for one in findings]})}")
