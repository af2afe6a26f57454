// Past calls that had sound, newest first, and the figures of the one that is chosen.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Item {
  id: root

  required property PastCallsModel calls
  required property FilePortal files
  readonly property bool wide: width >= 700
  readonly property bool some: calls.count > 0

  Component.onCompleted: root.calls.open()
  Component.onDestruction: root.calls.close()

  Rectangle {
    id: card
    visible: root.some
    width: root.wide ? Math.round(parent.width * 0.4) : parent.width
    height: root.wide ? note.y - 8 : Math.round((note.y - 8) * 0.42)
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.line

    ListView {
      id: list
      anchors.fill: parent
      anchors.margins: 6
      clip: true
      T.ScrollBar.vertical: ScrollTrack {}
      model: root.calls
      currentIndex: root.calls.chosen
      activeFocusOnTab: root.some
      boundsBehavior: Flickable.StopAtBounds
      highlightMoveDuration: 0
      reuseItems: true
      Accessible.role: Accessible.List
      Accessible.name: qsTr("Past calls; arrow keys choose")
      Keys.onPressed: event => {
        if (event.key === Qt.Key_Up)
          root.calls.chosen = currentIndex - 1;
        else if (event.key === Qt.Key_Down)
          root.calls.chosen = currentIndex + 1;
        else if (event.key === Qt.Key_Home)
          root.calls.chosen = 0;
        else if (event.key === Qt.Key_End)
          root.calls.chosen = count - 1;
        else
          return;
        event.accepted = true;
      }
      delegate: PastCallRow {
        width: ListView.view ? ListView.view.width : 0
        onClicked: root.calls.chosen = index
      }
    }
    FocusRing {
      visible: list.activeFocus
      anchors.margins: 0
    }
  }
  Words {
    anchors.centerIn: parent
    width: Math.min(420, parent.width - 48)
    visible: !root.some
    horizontalAlignment: Text.AlignHCenter
    text: root.calls.nothing
    color: Theme.text2
    wrapMode: Text.WordWrap
  }
  ScrollPage {
    visible: root.some
    x: root.wide ? card.width + 16 : 0
    y: root.wide ? 0 : card.height + 8
    width: parent.width - x + gutter
    height: note.y - 8 - y
    above: 0
    gutter: 12

    Item {
      width: parent.width
      height: 44
      Words {
        y: 8
        width: saving.x - 12
        text: root.calls.title
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
      }
      PushButton {
        id: saving
        x: copying.x - width - 8
        enabled: root.calls.hasReport
        glyph: "save"
        text: qsTr("Save…")
        Accessible.name: qsTr("Save the report of this call")
        Accessible.description: root.calls.whyNoReport
        onClicked: {
          root.calls.prepareReport();
          popup.open();
        }
      }
      PushButton {
        id: copying
        x: parent.width - width
        glyph: "copy"
        text: qsTr("Copy")
        Accessible.name: qsTr("Copy the figures of this call")
        onClicked: root.calls.copy()
      }
    }
    Words {
      visible: text.length > 0
      width: parent.width
      bottomPadding: 8
      text: root.calls.whyNoReport
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
    FigureTable {
      width: parent.width
      names: root.calls.figureNames
      values: root.calls.figures
    }
  }
  Words {
    id: note
    visible: root.some
    y: parent.height - height - 12
    width: parent.width
    text: qsTr("Kept with the history, only on this computer, and deleted with it. A copy has no names, addresses or times.")
    color: Theme.text3
    font.pixelSize: Theme.small
    wrapMode: Text.WordWrap
  }
  ReportPopup {
    id: popup
    report: root.calls.report
    about: qsTr("How the call was at its end and in the minutes before, for somebody who helps you. It has no names, addresses, devices or keys, and no sound.")
    files: root.files
  }
}
