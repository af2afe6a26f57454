// One finding: a sign, what was looked at, what was found, what that means. Read out as a whole.
import QtQuick
import Foyer.Controls
import Foyer.Theme

Item {
  id: root

  required property string glyph
  required property string title
  required property string value
  required property string meaning
  property bool wide: true
  property bool first: false

  implicitHeight: words.y + words.height + (wide ? 9 : 12)
  Accessible.role: Accessible.StaticText
  Accessible.name: root.title + ": " + root.value + ". " + root.meaning

  Rectangle {
    visible: !root.first
    width: parent.width
    height: 1
    color: Theme.line
  }
  Icon {
    x: 5
    y: 15
    name: root.glyph
    colour: root.glyph === "check" ? Theme.ok : root.glyph === "warning" ? Theme.caution : Theme.text2
  }
  Words {
    id: name
    x: 36
    y: 14
    width: root.wide ? 140 : Math.min(implicitWidth, parent.width - x)
    text: root.title
    font.weight: Font.DemiBold
    Accessible.ignored: true
  }
  Words {
    x: root.wide ? 184 : name.x + name.width + 12
    y: name.y
    width: root.wide ? 196 : parent.width - x
    text: root.value
    Accessible.ignored: true
  }
  Words {
    id: words
    x: root.wide ? 388 : 36
    y: root.wide ? name.y : name.y + name.height + 3
    width: parent.width - x
    text: root.meaning
    color: Theme.text2
    font.pixelSize: root.wide ? Theme.body : Theme.small
    wrapMode: Text.WordWrap
    Accessible.ignored: true
  }
}
