# The official Odoo 19 image with our addons, their Python packages and the deployment scripts.
# The image's own user "odoo" runs everything.
ARG ODOO_TAG=19.0
FROM odoo:${ODOO_TAG}

USER root

# A virtual environment over the image's packages: pip adds what our addons need in the
# pinned versions and leaves Debian's packages, which belong to Odoo, as they are.
COPY requirements.txt /opt/offer_repository/requirements.txt
RUN python3 -m venv --system-site-packages --without-pip /opt/offer_repository/venv \
    && python3 -m pip --python /opt/offer_repository/venv/bin/python install \
        --no-cache-dir --only-binary=:all: -r /opt/offer_repository/requirements.txt \
    && mkdir /backups \
    && chown odoo: /backups
# An `odoo` that runs in that environment, before /usr/bin/odoo on the PATH
COPY --chmod=755 deploy/odoo /usr/local/bin/odoo

# Not /mnt/extra-addons: that is an anonymous volume, which would keep old code after an upgrade.
COPY addons /opt/offer_repository/addons
COPY odoo.conf /opt/offer_repository/odoo.conf
COPY --chmod=755 deploy /opt/offer_repository/deploy

USER odoo
# A package that does not suit this Odoo shall fail the build, not the first start.
RUN odoo --version \
    && /opt/offer_repository/venv/bin/python -c "import phonenumbers, reportlab, stdnum"
VOLUME ["/backups"]
EXPOSE 8069 8072
ENTRYPOINT ["/opt/offer_repository/deploy/entrypoint.sh"]
CMD ["serve"]
