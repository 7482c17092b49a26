"""The list semantics of starts and stops, as an aggregate over records in order."""

from django.db import migrations

CREATE = """
CREATE FUNCTION care_state(list bigint[], status text, item bigint) RETURNS bigint[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    last int := cardinality(list);
    place int;
BEGIN
    IF status = '3' THEN
        place := coalesce(array_position(list, item), last);
        RETURN list[:place - 1] || list[place + 1:];
    ELSIF status = '2' THEN
        RETURN list[:last - 1] || item;
    ELSIF item = ANY (list) THEN
        RETURN list;
    END IF;
    RETURN list || item;
END
$$;
COMMENT ON FUNCTION care_state IS
    'Status 1 and 9 state (an equal one not twice), 2 replaces the last, 3 withdraws it or the last';
CREATE AGGREGATE care_stated(status text, item bigint) (
    SFUNC = care_state, STYPE = bigint[], INITCOND = '{}', PARALLEL = SAFE
);
"""

DROP = """
DROP AGGREGATE care_stated(text, bigint);
DROP FUNCTION care_state(bigint[], text, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("care", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, DROP)]
