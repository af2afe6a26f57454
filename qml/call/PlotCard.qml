// One plot: title and present value above, axis beside it, the legend below. A screen reader hears
// the value; its other form of the curve is the table.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property TelemetryPresenter telemetry
  required property int plot
  required property string title
  required property list<string> legend
  required property list<color> colours
  property string floor: "0"
  readonly property string spoken: telemetry.spoken[plot]
  readonly property string reading: hover.hovered ? curves.readingAt(hover.point.position.x) : ""

  implicitHeight: 122
  radius: Theme.radiusCard
  color: Theme.surface
  border.width: 1
  border.color: Theme.line
  Accessible.role: Accessible.Chart
  Accessible.name: root.title + ": " + (root.spoken.length > 0 ? root.spoken : qsTr("waiting for the first packets"))

  Words {
    id: heading
    x: 12
    y: 7
    text: root.title
    font.weight: Font.DemiBold
    Accessible.ignored: true
  }
  Words {
    anchors.right: parent.right
    anchors.rightMargin: 12
    y: 7
    width: Math.min(implicitWidth, root.width - heading.width - 36)
    horizontalAlignment: Text.AlignRight
    text: root.reading.length > 0 ? root.reading : root.telemetry.now[root.plot]
    color: Theme.text2
    Accessible.ignored: true
  }
  Words {
    x: 6
    y: 27
    width: 26
    horizontalAlignment: Text.AlignRight
    text: root.telemetry.tops[root.plot]
    color: Theme.text3
    font.pixelSize: Theme.cap
    fontSizeMode: Text.HorizontalFit
    minimumPixelSize: 9
    Accessible.ignored: true
  }
  Words {
    x: 6
    y: 88
    width: 26
    horizontalAlignment: Text.AlignRight
    text: root.floor
    color: Theme.text3
    font.pixelSize: Theme.cap
    fontSizeMode: Text.HorizontalFit
    minimumPixelSize: 9
    Accessible.ignored: true
  }
  TelemetryPlot {
    id: curves
    x: 38
    y: 32
    width: root.width - 50
    height: 66
    telemetry: root.telemetry
    plot: root.plot
    first: root.colours[0]
    second: root.colours.length > 1 ? root.colours[1] : "transparent"
    third: root.colours.length > 2 ? root.colours[2] : "transparent"
    grid: root.telemetry.waiting ? "transparent" : Theme.line
    tick: Theme.caution
    HoverHandler {
      id: hover
    }
  }
  Words {
    anchors.centerIn: curves
    visible: root.telemetry.waiting
    text: qsTr("Waiting for the first packets")
    color: Theme.text3
    font.pixelSize: Theme.small
    Accessible.ignored: true
  }
  Row {
    id: key
    x: 38
    y: 101
    spacing: 14
    Repeater {
      model: root.legend
      Row {
        id: entry

        required property string modelData
        required property int index

        spacing: 6
        Rectangle {
          anchors.verticalCenter: parent.verticalCenter
          width: 10
          height: 3
          radius: 1.5
          color: root.colours[entry.index]
        }
        Words {
          text: entry.modelData
          color: Theme.text2
          font.pixelSize: Theme.cap
          Accessible.ignored: true
        }
      }
    }
  }
  Words {
    anchors.right: parent.right
    anchors.rightMargin: 12
    y: 101
    // The names of the curves come first.
    visible: root.width >= 240 && key.x + key.width + 8 <= x
    text: qsTr("60 s")
    color: Theme.text3
    font.pixelSize: Theme.cap
    Accessible.ignored: true
  }
}
