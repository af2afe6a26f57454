// What came of something: a sentence, good or bad, told by its glyph too; read out when it appears.
import QtQuick
import Foyer.Theme

Item {
  id: root

  property string text: ""
  property bool good: false

  visible: text.length > 0
  implicitHeight: visible ? words.implicitHeight : 0

  Icon {
    y: 1
    name: root.good ? "check" : "warning"
    size: 18
    colour: words.color
  }
  Words {
    id: words
    x: 28
    width: root.width - x
    text: root.text
    color: root.good ? Theme.ok : Theme.danger
    wrapMode: Text.WordWrap
    Accessible.role: Accessible.AlertMessage
  }
}
