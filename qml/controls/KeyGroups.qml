// A fingerprint as eight chips, or twice four; the groups that differ from `other` are marked by weight and border.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Theme

Grid {
  id: root

  required property list<string> groups
  property list<string> other: []
  property bool offered: false      // the new key: differing groups stand out
  property string label: ""

  columns: width >= 8 * 68 + 7 * 8 ? 8 : 4
  spacing: 8
  Accessible.role: Accessible.Grouping
  Accessible.name: label

  Repeater {
    model: root.groups
    Rectangle {
      id: chip

      required property string modelData
      required property int index
      readonly property bool differs: root.offered && (index >= root.other.length || root.other[index] !== modelData)

      width: 68
      height: 28
      radius: 4
      color: differs ? Theme.dangerSoft : Theme.sunken
      border.width: differs ? 1 : 0
      border.color: Theme.danger
      Words {
        anchors.centerIn: parent
        text: chip.modelData
        color: chip.differs ? Theme.danger : Theme.text
        font.family: "monospace"
        font.pixelSize: Theme.lead
        font.weight: chip.differs ? Font.Bold : Font.Normal
      }
    }
  }
}
