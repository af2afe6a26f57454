// On and off differ in shape: a large knob with a tick, a small one in an outline.
import QtQuick
import QtQuick.Templates as T
import Foyer.Theme

T.Switch {
  id: root

  required property string label   // what is switched, for a screen reader; the words stand beside it
  property bool hall: false

  implicitWidth: 44
  implicitHeight: 36
  hoverEnabled: true
  Accessible.name: label
  Keys.onReturnPressed: {
    root.toggle();
    root.toggled();
  }

  indicator: Rectangle {
    anchors.verticalCenter: parent.verticalCenter
    width: 44
    height: 24
    radius: 12
    color: root.checked ? (root.hall ? Theme.hallFocus : Theme.accent) : root.hall ? Theme.hallDeep : Theme.surface
    border.width: root.checked ? 0 : 1.5
    border.color: root.hall ? Theme.hallText2 : Theme.lineStrong
    Rectangle {
      x: root.checked ? 23 : 6
      anchors.verticalCenter: parent.verticalCenter
      width: root.checked ? 18 : 13
      height: width
      radius: width / 2
      color: root.checked ? (root.hall ? Theme.hallDeep : Theme.accentInk) : root.hall ? Theme.hallText2 : Theme.lineStrong
      Icon {
        anchors.centerIn: parent
        visible: root.checked
        name: "check"
        size: 12
        colour: root.hall ? Theme.hallFocus : Theme.accent
      }
    }
    FocusRing {
      visible: root.visualFocus
      hall: root.hall
      radius: 16
    }
  }
  contentItem: Item {}
}
