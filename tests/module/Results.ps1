# What the build counts: results in the shape that the other test programs write, one element a test.
function Export-Result([string] $Path, [object[]] $Test) {
    $settings = [Xml.XmlWriterSettings]@{ Indent = $true; CheckCharacters = $false }
    $xml = [Xml.XmlWriter]::Create($Path, $settings)
    try {
        foreach ($element in 'assemblies', 'assembly', 'collection') { $xml.WriteStartElement($element) }
        $number = 0
        foreach ($one in $Test) {
            $xml.WriteStartElement('test')
            $xml.WriteAttributeString('id', "$([IO.Path]::GetFileNameWithoutExtension($Path))-$((++$number))")
            $xml.WriteAttributeString('name', $one.Name)
            $xml.WriteAttributeString('result', $one.Result)
            if ($one.Result -eq 'Skip') { $xml.WriteElementString('reason', $one.Reason) }
            $xml.WriteEndElement()
        }
        foreach ($element in 1..3) { $xml.WriteEndElement() }
    }
    finally { $xml.Dispose() }
}
