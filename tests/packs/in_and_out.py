from core.packs import export_pack, load_pack


def assert_comes_out_as_it_went_in(context):
    """What a loaded pack is written out as, makes the same again."""
    region, code = context["region"], context["scheme"].code
    first = export_pack(region=region, scheme_code=code)
    load_pack(text=first, file="uitgeschreven.yaml")
    assert export_pack(region=region, scheme_code=code) == first
