// How loud, from nothing to twice as loud; the value in words stands beside it.
import QtQuick
import QtQuick.Templates as T
import Foyer.Theme

T.Slider {
  id: root

  required property string label

  implicitHeight: 36
  implicitWidth: 200
  from: 0
  to: 2
  stepSize: 0.05
  hoverEnabled: true
  Accessible.name: qsTr("%1: %2 %").arg(label).arg(Math.round(value * 100))

  background: Rectangle {
    x: 10
    y: root.height / 2 - 2
    width: root.width - 20
    height: 4
    radius: 2
    color: Theme.lineStrong
    Rectangle {
      width: root.visualPosition * parent.width
      height: 4
      radius: 2
      color: Theme.accent
    }
  }
  handle: Rectangle {
    x: root.visualPosition * (root.width - width)
    y: (root.height - height) / 2
    width: 20
    height: 20
    radius: 10
    color: Theme.surface
    border.width: 2
    border.color: Theme.accent
    FocusRing {
      visible: root.visualFocus
      radius: 14
    }
  }
}
