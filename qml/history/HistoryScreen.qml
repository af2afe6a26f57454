// Past calls: with whom, when, how long, how it sounded and by which way; call again, forget.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property HistoryModel history
  readonly property bool wide: width >= 800
  readonly property int margin: width >= 560 ? 24 : 16
  property bool hasBack: true  // no rail beside the page leads home
  property bool clearing: false

  signal closed
  signal called(string fingerprint)
  signal opened(string fingerprint)

  function find() {
    searchBox.forceActiveFocus(Qt.ShortcutFocusReason);
    searchBox.selectAll();
  }

  color: Theme.bg
  Keys.onEscapePressed: root.closed()
  Component.onCompleted: {
    root.history.open();
    list.forceActiveFocus(Qt.TabFocusReason);
  }
  // What is shown here counts as looked at from now on.
  Component.onDestruction: root.history.close()

  Shortcut {
    sequence: "Ctrl+F"
    onActivated: root.find()
  }
  Column {
    id: top
    x: root.margin
    y: 12
    width: parent.width - 2 * x
    spacing: 8

    PageHead {
      width: parent.width
      title: qsTr("History")
      wide: root.wide
      hasBack: root.hasBack
      onClosed: root.closed()
      actions: PushButton {
        id: forgetButton
        visible: root.history.total > 0
        kind: PushButton.Quiet
        text: qsTr("Forget all calls")
        onClicked: root.clearing = true
      }

      Segments {
        id: tabs
        label: qsTr("Which calls")
        names: [qsTr("All"), root.history.missed > 0 ? qsTr("Missed %1").arg(root.history.missed) : qsTr("Missed")]
        current: root.history.missedOnly ? 1 : 0
        onChosen: index => root.history.missedOnly = index === 1
      }
      TextBox {
        id: searchBox
        width: root.width < 720 ? top.width - tabs.width - 8 : 220
        label: qsTr("Find a call")
        placeholderText: qsTr("Find a call")
        glyph: "search"
        maximumLength: 80
        onTextEdited: root.history.filter = text
        Keys.onDownPressed: list.forceActiveFocus(Qt.TabFocusReason)
      }
    }
    Loader {
      width: parent.width
      active: root.clearing
      visible: active
      sourceComponent: Strip {
        glyph: "warning"
        mark: Theme.caution
        color: Theme.cautionSoft
        border.width: 1
        border.color: Theme.caution
        title: qsTr("Forget all calls?")
        advice: qsTr("This cannot be undone. Your contacts and verifications stay.")
        PushButton {
          text: qsTr("Keep them")
          onClicked: {
            root.clearing = false;
            forgetButton.forceActiveFocus(Qt.TabFocusReason);
          }
          Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
        }
        PushButton {
          kind: PushButton.DangerSoft
          text: qsTr("Forget all")
          onClicked: {
            root.clearing = false;
            root.history.clear();
            list.forceActiveFocus(Qt.TabFocusReason);
          }
        }
      }
    }
  }
  ListView {
    id: list
    x: root.margin - 12
    y: top.y + top.height + 8
    width: parent.width - 2 * x
    height: keeping.y - y
    clip: true
    T.ScrollBar.vertical: ScrollTrack {}
    model: root.history
    activeFocusOnTab: true
    boundsBehavior: Flickable.StopAtBounds
    keyNavigationEnabled: true
    currentIndex: 0
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Past calls")
    Keys.onReturnPressed: root.called(root.history.fingerprintAt(currentIndex))
    Keys.onEnterPressed: root.called(root.history.fingerprintAt(currentIndex))
    Keys.onPressed: event => {
      if (event.key === Qt.Key_Home)
        currentIndex = 0;
      else if (event.key === Qt.Key_End)
        currentIndex = count - 1;
      else if (event.key === Qt.Key_Delete)
        root.history.remove(root.history.callAt(currentIndex));
      else
        return;
      event.accepted = true;
    }
    section.property: "day"
    section.delegate: Words {
      required property string section
      x: 12
      height: 40
      verticalAlignment: Text.AlignVCenter
      text: section
      color: Theme.text2
      font.pixelSize: Theme.small
      Accessible.role: Accessible.Heading
    }
    delegate: HistoryRow {
      width: ListView.view ? ListView.view.width : 0
      onCalled: root.called(fingerprint)
      onOpened: root.opened(fingerprint)
      onRemoved: root.history.remove(call)
    }
  }
  EmptyState {
    x: root.margin
    y: list.y + Math.max(12, (list.height - height) / 2)
    width: parent.width - 2 * x
    visible: root.history.count === 0
    glyph: "history"
    text: root.history.total === 0 ? (root.history.keeps ? qsTr("Calls you make, answer or miss appear here.") : qsTr("Calls are not remembered.")) : root.history.missedOnly && root.history.filter.length === 0 ? qsTr("You have not missed a call.") : qsTr("No call with anybody of that name.")

    PushButton {
      visible: root.history.total === 0 && root.history.keeps
      glyph: "lobby"
      text: qsTr("Find somebody in the lobby")
      onClicked: root.closed()
    }
  }
  SettingRow {
    id: keeping
    x: root.margin
    y: parent.height - height
    width: parent.width - 2 * x
    title: qsTr("Remember calls")
    advice: qsTr("Kept only on this computer, the last 2000 calls; never what was said.")
    isOn: root.history.keeps
    onWanted: isOn => root.history.keeps = isOn
  }
}
