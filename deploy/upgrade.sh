#!/usr/bin/env bash
# Upgrade the addons in the database after the code changed. Stop Odoo and back up first.
set -Eeuo pipefail
# shellcheck source=deploy/lib.sh
source "$(dirname "$(readlink -f "$0")")/lib.sh"

modules=${1:-contact_history,offer_repository}
: "${PGDATABASE:?name the database}"
database_exists "$PGDATABASE" || die 1 "there is no database \"$PGDATABASE\"; run init first."

pending() {
    sql "$PGDATABASE" "SELECT name FROM ir_module_module
        WHERE state IN ('to install', 'to upgrade', 'to remove') ORDER BY name"
}

odoo --stop-after-init --no-http --workers=0 --max-cron-threads=0 --update="$modules"
[[ -z $(pending) ]] ||
    die 1 "not upgraded: $(pending | tr '\n' ' ')- see the log above. Restore the backup if Odoo does not start."
say "upgraded $modules in \"$PGDATABASE\"."
