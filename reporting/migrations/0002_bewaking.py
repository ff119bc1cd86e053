"""Unchangeable external figures."""

from django.db import migrations

from teams.sql import bewaak_versies


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_begin"), ("teams", "0002_bewaking")]

    operations = [bewaak_versies("reporting_externcijfer")]
