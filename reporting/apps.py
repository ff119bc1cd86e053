"""App config of reporting."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Top layer: reads all, is imported by none."""

    name = "reporting"
    verbose_name = "Rapportage"

    def ready(self) -> None:
        """Fill the registry of tables."""
        from reporting.register import laad_tabellen

        laad_tabellen()
