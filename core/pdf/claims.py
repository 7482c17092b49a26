"""What a file says of itself: that it is both for the archive (PDF/A) and accessible (PDF/UA).

WeasyPrint writes one claim. PDF/A asks that every property that it does not know itself is
described in the file, so the mark of PDF/UA (ISO 14289-1, 5) brings its description along.
"""

from typing import Any

END = b"</rdf:RDF>"
MARK = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1" />\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def claim_accessible(metadata: Any) -> None:
    """Let the metadata of a WeasyPrint document claim PDF/UA-1 beside what it claims already."""
    made = metadata.generate_rdf_metadata

    def both(*arguments: Any) -> bytes:
        rdf: bytes = made(*arguments)
        head, end, tail = rdf.rpartition(END)
        return head + MARK + end + tail

    metadata.generate_rdf_metadata = both
