// The events of this run, newest at the end: filtered, paused, copied.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Item {
  id: root

  required property LogModel log
  readonly property bool wide: width >= 700

  Component.onCompleted: {
    root.log.open();
    list.toEnd();
  }
  Component.onDestruction: root.log.close()

  Flow {
    id: tools
    width: parent.width
    spacing: 8
    Segments {
      label: qsTr("How bad")
      names: root.log.levelNames
      current: root.log.level
      onChosen: index => root.log.level = index
    }
    TextBox {
      width: root.wide ? 200 : Math.min(220, parent.width)
      implicitHeight: 36
      label: qsTr("Find an event")
      placeholderText: qsTr("Find an event")
      glyph: "search"
      maximumLength: 80
      text: root.log.filter
      onTextEdited: root.log.filter = text
    }
    PushButton {
      glyph: root.log.paused ? "play" : "pause"
      text: root.log.paused ? qsTr("Go on") : qsTr("Pause")
      onClicked: root.log.paused = !root.log.paused
    }
    PushButton {
      glyph: "copy"
      text: qsTr("Copy")
      Accessible.name: qsTr("Copy the lines that are shown")
      enabled: root.log.count > 0
      onClicked: root.log.copy()
    }
    ChoiceBox {
      visible: !root.wide
      width: Math.min(220, parent.width)
      implicitHeight: 36
      label: qsTr("What about")
      textRole: ""
      model: root.log.roomNames
      currentIndex: root.log.room
      onActivated: index => root.log.room = index
    }
    Segments {
      visible: root.wide
      label: qsTr("What about")
      names: root.log.roomNames
      current: root.log.room
      onChosen: index => root.log.room = index
    }
  }
  Rectangle {
    y: tools.y + tools.height + 8
    width: parent.width
    height: note.y - y - 8
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.line

    ListView {
      id: list

      // Whoever looks at the end goes on looking at it.
      property bool follows: true

      function toEnd() {
        currentIndex = count - 1;
        positionViewAtEnd();
      }

      anchors.fill: parent
      anchors.margins: 6
      clip: true
      T.ScrollBar.vertical: ScrollTrack {}
      model: root.log
      activeFocusOnTab: true
      boundsBehavior: Flickable.StopAtBounds
      keyNavigationEnabled: true
      reuseItems: true
      Accessible.role: Accessible.List
      Accessible.name: qsTr("Events")
      Keys.onPressed: event => {
        if (event.key === Qt.Key_Home)
          currentIndex = 0;
        else if (event.key === Qt.Key_End)
          currentIndex = count - 1;
        else
          return;
        event.accepted = true;
      }
      onCountChanged: {
        if (follows)
          toEnd();
      }
      onMovementEnded: follows = atYEnd
      onCurrentIndexChanged: {
        if (activeFocus)
          follows = currentIndex === count - 1;
      }
      delegate: LogRow {
        width: ListView.view ? ListView.view.width : 0
        wide: root.wide
      }
    }
    FocusRing {
      visible: list.activeFocus
      anchors.margins: 0
    }
    Words {
      anchors.centerIn: parent
      visible: root.log.count === 0
      text: root.log.total === 0 ? qsTr("Nothing has happened yet.") : qsTr("No event matches.")
      color: Theme.text2
    }
  }
  Words {
    id: note
    y: parent.height - height - 12
    width: parent.width
    text: qsTr("Lines shown: %1 of %2. The log has no addresses, names, devices or complete keys, and stays on this computer.").arg(root.log.count).arg(root.log.total)
    color: Theme.text3
    font.pixelSize: Theme.small
    wrapMode: Text.WordWrap
  }
}
