// Text of the window: plain (a name is never markup), theme colour, elided at the end.
import QtQuick
import Foyer.Theme

Text {
  color: Theme.text
  font.pixelSize: Theme.body
  textFormat: Text.PlainText
  elide: wrapMode === Text.NoWrap ? Text.ElideRight : Text.ElideNone
  lineHeight: wrapMode === Text.NoWrap ? 1.0 : 1.25
  Accessible.role: Accessible.StaticText
  Accessible.name: text
  Accessible.ignored: text.length === 0 || !visible
}
