// Auto and seven stops from studio sound down to what still carries words. Under them who chose,
// why, and what it costs; while the pointer rests on a stop, what that one would cost.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Item {
  id: root

  required property QualityPresenter quality
  readonly property bool narrow: width < 560
  readonly property int hoveredStop: hover.hovered ? Math.max(0, Math.min(6, Math.round((hover.point.position.x - slider.first) / slider.pitch))) : -1

  implicitHeight: sentence.y + sentence.height

  PushButton {
    id: auto
    y: root.narrow ? 0 : 14
    width: Math.max(88, implicitWidth)
    height: 36
    kind: root.quality.automatic ? PushButton.Primary : PushButton.Plain
    glyph: root.quality.automatic ? "check" : ""
    text: qsTr("Auto")
    checkable: true
    checked: root.quality.automatic
    Accessible.name: qsTr("Quality: let Foyer choose")
    onClicked: {
      root.quality.chooseAuto();
      checked = Qt.binding(() => root.quality.automatic);
    }
  }
  Repeater {
    model: root.narrow ? [] : [[1, qsTr("Studio")], [3.5, qsTr("Clear")], [5.5, qsTr("Saver")]]
    Words {
      id: band

      required property var modelData

      x: slider.x + slider.first + band.modelData[0] * slider.pitch - width / 2
      text: band.modelData[1]
      color: Theme.text2
      font.pixelSize: Theme.cap
      font.weight: Font.Medium
      Accessible.ignored: true
    }
  }
  T.Slider {
    id: slider

    readonly property real pitch: (availableWidth - 24) / 6
    readonly property real first: leftPadding + 12

    x: root.narrow ? 0 : auto.width + 20
    y: root.narrow ? 44 : 14
    width: root.width - x - (root.narrow ? 0 : 24)
    height: 36
    from: 0
    to: 6
    stepSize: 1
    snapMode: T.Slider.SnapAlways
    live: false
    value: root.quality.stop
    hoverEnabled: true
    Accessible.name: qsTr("Quality: %1").arg(root.quality.spoken(root.quality.stop))
    Keys.onPressed: event => {
      if (event.key === Qt.Key_Home || event.key === Qt.Key_End) {
        slider.choose(event.key === Qt.Key_Home ? 0 : 6);
        event.accepted = true;
      }
    }

    // What is shown follows what is sent, not what was asked for.
    function choose(stop: int) {
      root.quality.choose(stop);
      slider.value = Qt.binding(() => root.quality.stop);
    }

    onMoved: slider.choose(Math.round(slider.valueAt(slider.position)))

    HoverHandler {
      id: hover
    }
    background: Item {
      Repeater {
        model: 7
        Item {
          id: stop

          required property int index
          readonly property real before: index === 0 ? 0 : slider.pitch / 2
          readonly property real after: index === 6 ? 0 : slider.pitch / 2

          x: slider.first + index * slider.pitch
          y: slider.height / 2
          Rectangle {
            x: -stop.before
            y: -2
            width: stop.before + stop.after
            height: 4
            color: Theme.q[stop.index]
          }
          Rectangle {
            x: -6
            y: -6
            width: 12
            height: 12
            radius: 6
            color: Theme.q[stop.index]
          }
        }
      }
    }
    handle: Rectangle {
      // Hollow while Foyer chooses, full when a person did.
      x: slider.leftPadding + slider.visualPosition * (slider.availableWidth - width)
      y: (slider.height - height) / 2
      width: 24
      height: 24
      radius: 12
      color: root.quality.automatic ? Theme.surface : Theme.q[root.quality.stop]
      border.width: 5
      border.color: Theme.q[root.quality.stop]
      Behavior on x {
        enabled: !slider.pressed
        NumberAnimation {
          duration: Theme.quick
          easing.type: Easing.OutCubic
        }
      }
      FocusRing {
        visible: slider.visualFocus
        radius: 16
      }
    }
  }
  Repeater {
    model: 7
    Words {
      id: label

      required property int index

      x: Math.min(root.width - width, slider.x + slider.first + index * slider.pitch - width / 2)
      y: slider.y + 36
      text: root.quality.shortNames[index]
      color: index === root.quality.stop ? Theme.text : Theme.text2
      font.pixelSize: Theme.cap
      font.weight: index === root.quality.stop ? Font.DemiBold : Font.Normal
      Accessible.ignored: true
    }
  }
  Words {
    id: sentence
    y: slider.y + 58
    width: root.width - x - (usual.visible && !root.narrow ? usual.width + 12 : 0)
    // Two lines stay reserved, so that a longer sentence moves nothing.
    height: root.narrow ? 40 : 20
    text: root.hoveredStop >= 0 && root.hoveredStop !== root.quality.stop ? root.quality.costOf(root.hoveredStop) : root.quality.sentence
    color: Theme.text2
    font.pixelSize: Theme.small
    wrapMode: root.narrow ? Text.WordWrap : Text.NoWrap
  }
  PushButton {
    id: usual
    visible: !root.quality.isUsual
    x: root.width - width
    y: root.narrow ? 0 : slider.y + 50
    height: 32
    text: qsTr("Use for every call")
    onClicked: root.quality.makeUsual()
  }
}
