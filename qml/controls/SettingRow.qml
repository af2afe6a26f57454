// A setting that is on or off: what it is, what it does, its switch.
import QtQuick
import Foyer.Theme

Item {
  id: root

  required property string title
  property string advice: ""
  property bool isOn: false

  signal wanted(bool isOn)

  implicitHeight: texts.height + 16

  Rectangle {
    width: parent.width
    height: 1
    color: Theme.line
  }
  Column {
    id: texts
    y: 9
    width: parent.width - 60
    spacing: 2
    Words {
      width: parent.width
      text: root.title
      font.weight: Font.DemiBold
      Accessible.ignored: true
    }
    Words {
      width: parent.width
      text: root.advice
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
  }
  ToggleSwitch {
    anchors.right: parent.right
    anchors.rightMargin: 4
    anchors.verticalCenter: texts.verticalCenter
    label: root.title
    checked: root.isOn
    onToggled: {
      root.wanted(checked);
      // What is shown follows what is in force.
      checked = Qt.binding(() => root.isOn);
    }
  }
}
