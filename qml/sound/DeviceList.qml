// The devices of one kind, each a click away; folded where there are many of them.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Column {
  id: root

  required property DeviceModel devices
  required property string label
  required property string glyph
  required property string none  // shown while there is nothing to choose
  readonly property int most: 5  // rows; more would push the rest of the popup out of sight
  readonly property bool folded: devices.count < 2 || devices.count > most

  signal chosen(int index)

  function begin(): void {
    const row = (folded ? box : rows.itemAt(devices.currentIndex)) as Item;
    if (row)
      row.forceActiveFocus(Qt.PopupFocusReason);
  }

  Accessible.role: Accessible.Grouping
  Accessible.name: folded ? label : label + ": " + devices.currentLabel

  ChoiceBox {
    id: box
    visible: root.folded
    width: parent.width
    label: root.label
    glyph: root.glyph
    none: root.none
    model: root.devices
    currentIndex: root.devices.currentIndex
    onActivated: index => root.chosen(index)
  }
  Repeater {
    id: rows
    model: root.folded ? null : root.devices
    T.RadioButton {
      id: row

      required property int index
      required property string label

      width: root.width
      implicitHeight: 36
      hoverEnabled: true
      text: label
      checked: index === root.devices.currentIndex
      Accessible.name: label
      onClicked: {
        root.chosen(index);
        checked = Qt.binding(() => index === root.devices.currentIndex);
      }
      Keys.onUpPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
      Keys.onDownPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)

      background: Rectangle {
        radius: Theme.radius
        color: row.checked || row.hovered || row.down ? Theme.accentSoft : "transparent"
        FocusRing {
          visible: row.visualFocus
        }
      }
      indicator: Rectangle {
        x: 10
        y: (row.height - height) / 2
        width: 18
        height: 18
        radius: 9
        color: Theme.surface
        border.width: row.checked ? 2 : 1
        border.color: row.checked ? Theme.accent : Theme.lineStrong
        Rectangle {
          anchors.centerIn: parent
          visible: row.checked
          width: 8
          height: 8
          radius: 4
          color: Theme.accent
        }
      }
      contentItem: Words {
        leftPadding: 38
        rightPadding: 12
        text: row.label
        font.weight: row.checked ? Font.Medium : Font.Normal
        verticalAlignment: Text.AlignVCenter
        Accessible.ignored: true
      }
    }
  }
}
