from django.db import migrations, models

from clearlines.ledger import lock


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='seal',
            name='sealed_at',
            field=models.DateTimeField(),
        ),
        migrations.RunPython(lock.put_on, lock.lift),
    ]
