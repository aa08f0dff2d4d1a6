#!/usr/bin/env bash
# Runs once, when PostgreSQL's volume is empty. Odoo gets a role that may create databases
# and nothing more. The superuser loses its password, so it can be used from inside the
# database container only: docker compose exec db psql -U postgres
set -euo pipefail
psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
\getenv role_password POSTGRES_PASSWORD
CREATE ROLE odoo LOGIN CREATEDB PASSWORD :'role_password';
ALTER ROLE CURRENT_USER PASSWORD NULL;
SQL
