import django.db.models.deletion
import samskapa.ground.organisations.domain
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Node',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('nation', 'Nation'), ('region', 'Region'), ('municipality', 'Municipality'), ('administration', 'Administration'), ('unit', 'Unit'), ('patient_organisation', 'Patient organisation'), ('section', 'Section')], max_length=24, verbose_name='kind')),
                ('parent_kind', models.CharField(blank=True, editable=False, max_length=24)),
                ('path', models.CharField(blank=True, db_index=True, editable=False, max_length=255)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=300)),
                ('code', models.CharField(blank=True, max_length=16, verbose_name='code')),
                ('county_code', models.CharField(blank=True, db_index=True, max_length=2, verbose_name='county code')),
                ('place', models.CharField(blank=True, max_length=80, verbose_name='place')),
                ('area', models.CharField(blank=True, max_length=200, verbose_name='area')),
                ('website', models.CharField(blank=True, max_length=200, verbose_name='website')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone')),
                ('about', models.TextField(blank=True, verbose_name='about')),
                ('search_text', models.TextField(blank=True, editable=False)),
                ('source', models.TextField(blank=True)),
                ('is_demo', models.BooleanField(default=False)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organisations.node')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('kind', 'code'), name='node_code_once_per_kind'), models.UniqueConstraint(condition=models.Q(('path', ''), _negated=True), fields=('path',), name='node_path_once'), models.UniqueConstraint(condition=models.Q(('kind', samskapa.ground.organisations.domain.Kind['PATIENT_ORGANISATION'])), fields=('name',), name='node_patient_organisation_once'), models.CheckConstraint(condition=models.Q(models.Q(('parent', None), ('parent_kind', '')), models.Q(('parent__isnull', False), models.Q(('parent_kind', ''), _negated=True)), _connector='OR'), name='node_parent_kind_with_parent'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'nation'), ('parent_kind__in', [''])), models.Q(('kind', 'region'), ('parent_kind__in', ['nation'])), models.Q(('kind', 'municipality'), ('parent_kind__in', ['nation', 'region'])), models.Q(('kind', 'administration'), ('parent_kind__in', ['administration', 'municipality', 'region'])), models.Q(('kind', 'unit'), ('parent_kind__in', ['administration', 'municipality', 'region', 'unit'])), models.Q(('kind', 'patient_organisation'), ('parent_kind__in', ['', 'patient_organisation'])), models.Q(('kind', 'section'), ('parent_kind__in', ['patient_organisation', 'section'])), _connector='OR'), name='node_stands_where_its_kind_may'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='node_has_name')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('name', models.CharField(blank=True, max_length=150)),
                ('role', models.CharField(blank=True, choices=[('member', 'Member of the resource group'), ('host', 'Host'), ('coordinator', 'Coordinator'), ('organisation', 'Speaks for the organisation'), ('council', 'Council'), ('leadership', 'Leadership'), ('national', 'National coordinator'), ('payroll', 'Payroll'), ('auditor', 'Auditor'), ('operator', 'Operator')], max_length=24)),
                ('key', models.CharField(max_length=200)),
                ('token_digest', models.CharField(max_length=64, unique=True)),
                ('next_path', models.CharField(blank=True, max_length=400)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('invited_by_id', models.BigIntegerField(null=True)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                ('node', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='organisations.node')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'email'), name='invitation_once_per_key_and_address'), models.CheckConstraint(condition=models.Q(models.Q(('person', None), ('used_at', None)), models.Q(('person__isnull', False), ('used_at__isnull', False)), _connector='OR'), name='invitation_used_by_somebody_or_not_at_all'), models.CheckConstraint(condition=models.Q(models.Q(('node', None), ('role', '')), models.Q(models.Q(('role', ''), _negated=True), ('node__isnull', False)), _connector='OR'), name='invitation_role_with_node'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='invitation_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('member', 'Member of the resource group'), ('host', 'Host'), ('coordinator', 'Coordinator'), ('organisation', 'Speaks for the organisation'), ('council', 'Council'), ('leadership', 'Leadership'), ('national', 'National coordinator'), ('payroll', 'Payroll'), ('auditor', 'Auditor'), ('operator', 'Operator')], max_length=24)),
                ('node_kind', models.CharField(editable=False, max_length=24)),
                ('granted_at', models.DateTimeField()),
                ('granted_by_id', models.BigIntegerField(null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by_id', models.BigIntegerField(null=True)),
                ('node', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_grants', to='organisations.node')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='role_grants', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person', 'role', 'node'), name='role_grant_held_once'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('granted_at')), _connector='OR'), name='role_grant_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('node_kind__in', ['municipality', 'region']), ('role', 'member')), models.Q(('node_kind__in', ['administration', 'municipality', 'region', 'unit']), ('role', 'host')), models.Q(('node_kind__in', ['administration', 'municipality', 'region']), ('role', 'coordinator')), models.Q(('node_kind__in', ['patient_organisation', 'section']), ('role', 'organisation')), models.Q(('node_kind__in', ['administration', 'municipality', 'region', 'unit']), ('role', 'council')), models.Q(('node_kind__in', ['administration', 'municipality', 'region', 'unit']), ('role', 'leadership')), models.Q(('node_kind__in', ['nation']), ('role', 'national')), models.Q(('node_kind__in', ['municipality', 'region']), ('role', 'payroll')), models.Q(('node_kind__in', ['municipality', 'region']), ('role', 'auditor')), models.Q(('node_kind__in', ['nation']), ('role', 'operator')), _connector='OR'), name='role_grant_where_it_means_something')],
            },
        ),
    ]
