// Figures under one another: name and value; each row is read out as a whole.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Theme

Rectangle {
  id: root

  required property list<string> names
  required property list<string> values  // beside the names

  implicitHeight: figures.height + 20
  radius: Theme.radiusCard
  color: Theme.surface
  border.width: 1
  border.color: Theme.line

  Column {
    id: figures
    x: 12
    y: 10
    width: parent.width - 24
    spacing: 6
    Repeater {
      model: root.names
      Item {
        id: figure

        required property string modelData
        required property int index
        readonly property string value: figure.index < root.values.length ? root.values[figure.index] : ""

        width: figures.width
        height: Math.max(20, said.height)
        Accessible.role: Accessible.StaticText
        Accessible.name: figure.modelData + ": " + figure.value
        Words {
          width: 168
          text: figure.modelData
          color: Theme.text2
          font.pixelSize: Theme.small
          Accessible.ignored: true
        }
        Words {
          id: said
          x: 176
          width: parent.width - x
          text: figure.value
          font.pixelSize: Theme.small
          wrapMode: Text.WordWrap
          Accessible.ignored: true
        }
      }
    }
  }
}
