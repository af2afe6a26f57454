// Diagnostics beside the call: one sentence, four curves of a minute or the same as a table, the
// figures. Nothing leaves the computer by itself.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import QtQuick.Window
import Foyer.Controls
import Foyer.Diagnostics
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property TelemetryPresenter telemetry
  required property RecordPresenter record
  required property FilePortal files
  required property PathPresenter path
  readonly property bool wide: width >= 480
  readonly property color mark: telemetry.severity === 0 ? Theme.ok : telemetry.severity === 1 ? Theme.caution : Theme.danger
  property bool asTable: false

  // The log, this computer, versions: what is not of this call alone.
  signal moreWanted

  color: Theme.bg
  Accessible.role: Accessible.Pane
  Accessible.name: qsTr("Diagnostics")

  Item {
    id: head
    x: 16
    y: 10
    z: 1
    width: parent.width - 32
    height: Math.max(46, detail.y + detail.height)
    Icon {
      y: 8
      name: "wave"
      size: 24
      colour: root.mark
    }
    Words {
      x: 34
      width: tools.x - x - 8
      text: root.telemetry.paused ? qsTr("Paused: %1").arg(root.telemetry.title) : root.telemetry.title
      font.pixelSize: Theme.banner
      font.weight: Font.DemiBold
      Accessible.role: Accessible.Heading
    }
    Words {
      id: detail
      x: 34
      y: 34
      width: parent.width - x
      text: root.telemetry.detail
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
      maximumLineCount: 3
    }
    Row {
      id: tools
      anchors.right: parent.right
      y: -4
      ToolButton {
        glyph: root.telemetry.paused ? "play" : "pause"
        label: root.telemetry.paused ? qsTr("Go on") : qsTr("Pause")
        onClicked: root.telemetry.paused = !root.telemetry.paused
      }
      ToolButton {
        glyph: root.asTable ? "wave" : "sort"
        label: root.asTable ? qsTr("Show the curves") : qsTr("Show as a table")
        onClicked: root.asTable = !root.asTable
      }
      ToolButton {
        glyph: "diagnostics"
        label: qsTr("Log, this computer, versions")
        onClicked: root.moreWanted()
      }
      ToolButton {
        glyph: "copy"
        label: qsTr("Copy report")
        onClicked: root.telemetry.copyReport()
      }
      ToolButton {
        glyph: "save"
        label: qsTr("Save a report")
        onClicked: {
          root.telemetry.prepareReport();
          saving.open();
        }
      }
      ToolButton {
        glyph: "close"
        label: qsTr("Close the diagnostics panel")
        onClicked: root.telemetry.close()
      }
    }
  }
  Flickable {
    id: page

    readonly property Item focused: page.Window.activeFocusItem

    // What the keyboard reaches is brought into sight.
    onFocusedChanged: {
      let around = focused;
      while (around && around !== column)
        around = around.parent;
      if (!around || around === focused)
        return;
      const top = focused.mapToItem(column, 0, 0).y;
      if (top < contentY)
        contentY = Math.max(0, top - 12);
      else if (top + focused.height > contentY + height)
        contentY = Math.min(contentHeight - height, top + focused.height - height + 12);
    }

    x: 16
    y: head.y + head.height + 8
    width: parent.width - 20
    height: parent.height - y
    contentHeight: column.height + 16
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    T.ScrollBar.vertical: ScrollTrack {}
    activeFocusOnTab: true
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Curves and figures; arrow keys scroll")
    Keys.onUpPressed: contentY = Math.max(0, contentY - 40)
    Keys.onDownPressed: contentY = Math.max(0, Math.min(contentHeight - height, contentY + 40))
    FocusRing {
      visible: page.activeFocus
      anchors.margins: 0
      z: 1
    }

    Column {
      id: column
      width: parent.width - 12
      spacing: 10

      Grid {
        id: plots
        visible: !root.asTable
        columns: root.wide ? 2 : 1
        spacing: 10
        readonly property real each: root.wide ? (column.width - 10) / 2 : column.width
        PlotCard {
          width: plots.each
          telemetry: root.telemetry
          plot: TelemetryPresenter.Delay
          title: qsTr("Delay")
          legend: [qsTr("round trip"), qsTr("buffer")]
          colours: [Theme.accent, Theme.lineStrong]
        }
        PlotCard {
          width: plots.each
          telemetry: root.telemetry
          plot: TelemetryPresenter.Loss
          title: qsTr("Loss")
          legend: [qsTr("lost"), qsTr("filled in"), qsTr("late")]
          colours: [Theme.danger, Theme.caution, Theme.lineStrong]
        }
        PlotCard {
          width: plots.each
          telemetry: root.telemetry
          plot: TelemetryPresenter.Rate
          title: qsTr("Bit rate")
          legend: [qsTr("sent"), qsTr("heard")]
          colours: [Theme.ok, Theme.lineStrong]
        }
        PlotCard {
          width: plots.each
          telemetry: root.telemetry
          plot: TelemetryPresenter.Level
          title: qsTr("Level")
          legend: [qsTr("you"), qsTr("them")]
          colours: [Theme.lampDeep, Theme.accent]
          floor: "−60"
        }
      }
      TelemetryTable {
        visible: root.asTable
        width: parent.width
        telemetry: root.telemetry
      }
      PathRecord {
        width: parent.width
        path: root.path
      }
      Words {
        text: qsTr("Figures")
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
      }
      FigureTable {
        width: parent.width
        names: root.telemetry.figureNames
        values: root.telemetry.figures
      }
      Words {
        text: qsTr("Packet timing")
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
      }
      SettingRow {
        width: parent.width
        title: qsTr("Keep packet timing of calls")
        advice: qsTr("From the next call on: when packets came and how each gap was filled. No sound, no names. Takes up to 50 MB of memory, enough for at least half an hour; after that the beginning is kept. The file is at most 10 MB.")
        isOn: root.record.on
        onWanted: isOn => root.record.on = isOn
      }
      Words {
        visible: text.length > 0
        width: parent.width
        text: root.record.sentence
        font.pixelSize: Theme.small
        wrapMode: Text.WordWrap
      }
      PushButton {
        visible: root.record.available
        glyph: "save"
        text: qsTr("Save packet timing…")
        onClicked: exporting.open()
      }
      Words {
        width: parent.width
        text: qsTr("None of this leaves your computer by itself.")
        color: Theme.text3
        font.pixelSize: Theme.small
        wrapMode: Text.WordWrap
      }
    }
  }
  RecordPopup {
    id: exporting
    record: root.record
    files: root.files
  }
  ReportPopup {
    id: saving
    report: root.telemetry.report
    files: root.files
  }
  Connections {
    target: root.telemetry
    function onOpenChanged() {
      if (!root.telemetry.open)
        saving.close();
    }
  }
}
