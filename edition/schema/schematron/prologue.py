"""What every stylesheet has: where a node stands, and the documents that a schema may read beside the one judged.

A place is a document and a number: elements, comments and instructions are counted as they come, and 0 is the
document itself. A text has the number of its element, and of what begins last before it; an attribute
has that of its element, and its name. Where the subject of a rule
is of no document, but made by the schema, the place is that of the node that the rule is for.

Saxon opens nothing by itself. `doc` and `document` of a schema are turned into these functions, which take what was
laid into $__ed:documents before the run: a document by its address, or false for what cannot be read. For any other
address they stop the run and name it; then it is looked for, laid in, and the run begins anew.
"""

from __future__ import annotations

OURS = "urn:edition:schematron"
WANTED = "wanted document"

TEXT = f"""\
<xsl:output method="xml" omit-xml-declaration="yes" indent="no"/>
<xsl:param name="__ed:documents" as="map(*)" select="map{{}}"/>
<xsl:param name="__ed:schema" as="xs:string" select="''"/>
<xsl:mode use-accumulators="#all"/>
<xsl:accumulator name="__ed:count" initial-value="0" version="3.0">
  <xsl:accumulator-rule match="*|comment()|processing-instruction()" select="$value + 1"/>
</xsl:accumulator>
<xsl:function name="__ed:home" version="3.0">
  <xsl:param name="node"/>
  <xsl:sequence select="if ($node instance of node()) then Q{{http://www.w3.org/2005/xpath-functions/map}}keys(
    $__ed:documents)[$__ed:documents(.)[. instance of node()] is root($node)] else ()"/>
</xsl:function>
<xsl:function name="__ed:place" version="3.0">
  <xsl:param name="subject"/>
  <xsl:param name="node"/>
  <xsl:for-each select="($subject, $node)[exists(__ed:home(.))][1]">
    <xsl:attribute name="d" select="__ed:home(.)"/>
    <xsl:attribute name="p" select="(if (self::text() or . instance of attribute() or . instance of namespace-node())
      then .. else .)/accumulator-before('__ed:count')"/>
    <xsl:if test=". instance of attribute()"><xsl:attribute name="a" select="name()"/></xsl:if>
    <xsl:if test="self::text()"><xsl:attribute name="t" select="accumulator-before('__ed:count')"/></xsl:if>
  </xsl:for-each>
</xsl:function>
<xsl:function name="__ed:look" version="3.0">
  <xsl:param name="address"/>
  <xsl:sequence select="if (exists($__ed:documents($address))) then $__ed:documents($address)
    else error(QName('{OURS}', 'wanted'), '{WANTED} [' || $address || ']')"/>
</xsl:function>
<xsl:function name="__ed:at" version="3.0">
  <xsl:param name="address"/>
  <xsl:param name="base"/>
  <xsl:variable name="whole" select="string(resolve-uri(replace(string($address), '#.*$', ''), $base))"/>
  <xsl:variable name="found" select="__ed:look($whole)"/>
  <xsl:sequence select="if ($found instance of document-node()) then $found
    else error(QName('{OURS}', 'unread'), $whole || ' cannot be read')"/>
</xsl:function>
<xsl:function name="__ed:doc" version="3.0">
  <xsl:param name="address"/>
  <xsl:sequence select="if (empty($address)) then () else __ed:at($address, $__ed:schema)"/>
</xsl:function>
<xsl:function name="__ed:doc-available" version="3.0">
  <xsl:param name="address"/>
  <xsl:sequence select="exists($address)
    and __ed:look(string(resolve-uri(string($address), $__ed:schema))) instance of document-node()"/>
</xsl:function>
<xsl:function name="__ed:document" version="3.0">
  <xsl:param name="addresses"/>
  <xsl:sequence select="for $a in $addresses
    return __ed:at($a, if ($a instance of node()) then string(base-uri($a)) else $__ed:schema)"/>
</xsl:function>
<xsl:function name="__ed:is-there" version="3.0">
  <xsl:param name="address"/>
  <xsl:param name="node"/>
  <xsl:sequence select="__ed:look(string(resolve-uri(replace(string($address), '#.*$', ''), string(base-uri($node)))))
    instance of document-node()"/>
</xsl:function>
<xsl:function name="__ed:document" version="3.0">
  <xsl:param name="addresses"/>
  <xsl:param name="node"/>
  <xsl:sequence select="for $a in $addresses return __ed:at($a, string(base-uri($node)))"/>
</xsl:function>
"""
