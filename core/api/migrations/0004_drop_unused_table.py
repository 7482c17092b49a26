"""The package makes a table for tokens of its own; it is empty, or is emptied into ours."""

from django.db import migrations

MOVE = """
DO $$ BEGIN
  IF to_regclass('knox_authtoken') IS NOT NULL THEN
    INSERT INTO api_token (digest, token_key, user_id, created, expiry, name)
      SELECT digest, token_key, user_id, created, expiry, 'token' FROM knox_authtoken;
    DROP TABLE knox_authtoken;
  END IF;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("api", "0003_withdrawn_by"), ("knox", "0009_extend_authtoken_field")]

    operations = [migrations.RunSQL(MOVE, migrations.RunSQL.noop)]
