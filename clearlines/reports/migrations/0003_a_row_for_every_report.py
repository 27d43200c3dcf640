"""Every report has a row in the source register, so that a row says nothing. Nobody could leave a name before."""

import uuid

from django.db import migrations


def give_each_a_row(apps, schema_editor):
    Report, Source = apps.get_model("reports", "Report"), apps.get_model("reports", "Source")
    rows = Report.objects.values_list("pk", "owner_id", "created_at").iterator()
    Source.objects.bulk_create(
        (Source(id=uuid.uuid4(), report_id=key, owner_id=owner, created_at=at, marking="custodian") for key, owner, at in rows),
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_sources_and_photographs")]
    operations = [migrations.RunPython(give_each_a_row, migrations.RunPython.noop)]
