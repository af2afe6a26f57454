// Home: who is here, how the relay is, and you.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import QtQuick.Templates as T
import QtQuick.Window
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property AppPresenter app
  readonly property bool wide: width >= 800
  readonly property bool compact: width < 560
  // The page beside the panel has room for short words alone.
  readonly property bool tight: width < 1100
  property bool joining: false
  property bool panelOpen: false
  readonly property int margin: compact ? 16 : 24
  readonly property real pageWidth: page.width

  function closePanel() {
    root.panelOpen = false;
  }
  function find() {
    searchBox.forceActiveFocus(Qt.ShortcutFocusReason);
    searchBox.selectAll();
  }
  function join() {
    root.joining = true;
  }
  function leaveJoin() {
    root.app.lobby.clearJoinError();
    root.app.picture.clear();
    root.joining = false;
  }
  // Ctrl+Enter: whoever is marked in the list, from the search as well; while something else is typed
  // or asked, nobody.
  function callMarked() {
    if (list.activeFocus || searchBox.activeFocus)
      root.app.lobby.call(root.app.people.fingerprintAt(list.currentIndex));
  }
  // F6: the bar, the list, the panel or what stands for it, and around.
  function nextRegion() {
    const regions = [bar, list.visible ? list : emptiness, root.wide ? panel : foot];
    let next = regions[0];
    for (let at = root.Window.activeFocusItem; at; at = at.parent)
      for (let i = 0; i < regions.length; ++i)
        if (at === regions[i])
          next = regions[(i + 1) % regions.length];
    // A list is one stop, of another region its first control.
    (next === list ? list : next.nextItemInFocusChain(true)).forceActiveFocus(Qt.TabFocusReason);
  }

  Connections {
    target: root.app.picture
    // A picture that was dropped is read in the strip of the page that is shown.
    function onChanged() {
      if (root.visible && root.app.picture.active)
        root.join();
    }
  }
  color: Theme.bg

  Item {
    id: page
    width: root.width - (root.wide ? panel.width : 0)
    height: root.height - (root.wide ? 0 : foot.height)

    Item {
      id: bar
      z: 1  // its hints stand over what is below
      width: parent.width
      height: 56
      Row {
        x: root.compact ? 16 : 17
        anchors.verticalCenter: parent.verticalCenter
        spacing: 11
        Brand {
          anchors.verticalCenter: parent.verticalCenter
        }
        Words {
          anchors.verticalCenter: parent.verticalCenter
          visible: !root.compact
          text: "Foyer"
          font.pixelSize: Theme.banner
          font.weight: Font.DemiBold
          rightPadding: 10
        }
        ChipButton {
          anchors.verticalCenter: parent.verticalCenter
          maximumWidth: Math.max(90, tools.x - x - 24)
          readonly property int kind: root.app.lobby.shown.chipKind
          glyph: kind === LobbyPresenter.Danger ? "relay-off" : kind === LobbyPresenter.Caution ? "warning" : "relay"
          readonly property string name: root.app.lobby.shown.chipName
          word: root.compact ? root.app.lobby.shown.chipShort : root.wide || name.length === 0 ? root.app.lobby.shown.chipText : name
          tip: root.app.lobby.shown.chipTip
          detail: root.compact ? "" : root.app.lobby.shown.chipDetail
          ink: kind === LobbyPresenter.Good ? Theme.ok : kind === LobbyPresenter.Caution ? Theme.caution : kind === LobbyPresenter.Danger ? Theme.danger : Theme.text2
          fill: kind === LobbyPresenter.Good ? Theme.okSoft : kind === LobbyPresenter.Caution ? Theme.cautionSoft : kind === LobbyPresenter.Danger ? Theme.dangerSoft : Theme.sunken
          label: qsTr("Relay state: %1. Opens the list of relays").arg((root.app.lobby.shown.chipText + " " + (tip.length > 0 ? tip : root.app.lobby.shown.chipDetail)).trim())
          onClicked: root.app.showRelays()
        }
      }
      Row {
        id: tools
        anchors.right: parent.right
        anchors.rightMargin: root.compact ? 8 : 12
        anchors.verticalCenter: parent.verticalCenter
        spacing: 0
        ToolButton {
          visible: root.tight
          glyph: "history"
          label: historyButton.Accessible.name
          onClicked: root.app.showHistory()
          Badge {
            x: 20
            y: 2
            number: root.app.history.unseen
          }
        }
        PushButton {
          id: historyButton
          visible: !root.tight
          kind: PushButton.Quiet
          glyph: "history"
          text: qsTr("History")
          Accessible.name: root.app.history.unseen > 0 ? qsTr("History of calls, missed: %1").arg(root.app.history.unseen) : qsTr("History of calls")
          onClicked: root.app.showHistory()
          Badge {
            x: parent.width - 14
            y: (parent.height - height) / 2
            number: root.app.history.unseen
          }
        }
        ToolButton {
          glyph: "person"
          label: qsTr("Contacts")
          onClicked: root.app.showContacts()
        }
        ToolButton {
          visible: root.compact
          glyph: "invite"
          label: joinButton.Accessible.name
          onClicked: joinButton.clicked()
        }
        PushButton {
          id: joinButton
          visible: !root.compact
          kind: PushButton.Quiet
          glyph: "invite"
          text: root.tight ? qsTr("Join") : qsTr("Join by link")
          Accessible.name: qsTr("Join a relay by link")
          onClicked: root.joining ? root.leaveJoin() : root.join()
        }
        PushButton {
          visible: !root.compact || !root.app.lobby.shown.canInvite
          kind: PushButton.Quiet
          glyph: "relay"
          text: qsTr("Relay")
          Accessible.name: qsTr("Relay on this computer")
          onClicked: root.app.showRelay()
        }
        ToolButton {
          visible: root.compact && root.app.lobby.shown.canInvite
          glyph: "copy"
          label: linkButton.Accessible.name
          onClicked: root.app.lobby.copyInvite()
        }
        PushButton {
          id: linkButton
          visible: !root.compact && root.app.lobby.shown.canInvite
          kind: PushButton.Quiet
          glyph: "copy"
          text: root.tight ? qsTr("Link") : qsTr("Copy link")
          Accessible.name: qsTr("Copy the relay’s link")
          onClicked: root.app.lobby.copyInvite()
        }
        // Beside a panel that is shown they are in it.
        ToolButton {
          visible: !root.wide
          glyph: "settings"
          label: qsTr("Settings")
          onClicked: root.app.showSettings(SettingsModel.You)
        }
        ToolButton {
          visible: !root.wide
          glyph: "diagnostics"
          label: qsTr("Diagnostics")
          onClicked: root.app.showDiagnostics()
        }
        ToolButton {
          glyph: "help"
          label: qsTr("User guide")
          onClicked: root.app.showGuide()
        }
      }
    }
    Column {
      id: strips
      x: 12
      y: bar.height
      width: parent.width - 24
      spacing: 8
      Loader {
        width: parent.width
        active: root.app.lobby.shown.keyChanged
        visible: active
        sourceComponent: RelayKeyStrip {
          lobby: root.app.lobby
        }
      }
      Loader {
        width: parent.width
        active: root.joining
        visible: active
        sourceComponent: JoinStrip {
          lobby: root.app.lobby
          picture: root.app.picture
          files: root.app.files
          onClosed: root.leaveJoin()
          Component.onCompleted: take()
        }
      }
      Loader {
        width: parent.width
        active: root.app.lobby.shown.troubleTitle.length > 0
        visible: active
        sourceComponent: Strip {
          glyph: "relay-off"
          mark: Theme.caution
          title: root.app.lobby.shown.troubleTitle
          advice: root.app.lobby.shown.troubleAdvice
          color: Theme.cautionSoft
          PushButton {
            glyph: "refresh"
            text: qsTr("Try now")
            onClicked: root.app.lobby.retryRelay()
          }
        }
      }
      Loader {
        width: parent.width
        active: root.app.lobby.shown.missed.length > 0
        visible: active
        sourceComponent: Strip {
          glyph: "missed"
          mark: Theme.danger
          title: root.app.lobby.shown.missed
          advice: root.app.lobby.shown.missedWhen
          PushButton {
            glyph: "call"
            text: qsTr("Call back")
            onClicked: root.app.lobby.callBackMissed()
          }
          PushButton {
            kind: PushButton.Quiet
            text: qsTr("Dismiss")
            onClicked: root.app.lobby.dismissMissed()
          }
        }
      }
    }
    Item {
      id: head
      y: strips.y + strips.height + (strips.height > 0 ? 4 : 0)
      visible: root.app.people.total > 0
      width: parent.width
      height: visible ? 54 : 0
      Words {
        x: root.margin
        anchors.verticalCenter: parent.verticalCenter
        width: orderButton.x - x - 12
        text: root.app.lobby.shown.title
        font.pixelSize: Theme.title
        font.weight: Font.Medium
        Accessible.role: Accessible.Heading
      }
      ToolButton {
        id: orderButton
        x: searchBox.x - width - 4
        anchors.verticalCenter: parent.verticalCenter
        glyph: "sort"
        label: qsTr("Order of the list")
        opened: orderMenu.visible
        onClicked: orderMenu.show(Qt.PopupFocusReason)
        OrderMenu {
          id: orderMenu
          people: root.app.people
          y: parent.height + 4
          x: parent.width - width
        }
      }
      TextBox {
        id: searchBox
        x: parent.width - width - root.margin
        anchors.verticalCenter: parent.verticalCenter
        width: root.compact ? 220 : 264
        label: qsTr("Find a person")
        placeholderText: qsTr("Find a person")
        glyph: "search"
        hint: qsTr("Ctrl+F")
        maximumLength: 80
        onTextEdited: {
          root.app.people.filter = text;
          list.currentIndex = 0;
        }
        Keys.onDownPressed: list.forceActiveFocus(Qt.TabFocusReason)
        Keys.onEscapePressed: {
          text = "";
          root.app.people.filter = "";
        }
      }
    }
    FollowFocus {
      flickable: list
    }
    ListView {
      id: list
      visible: root.app.people.total > 0
      x: root.compact ? 4 : 12
      y: head.y + head.height
      width: parent.width - 2 * x
      height: parent.height - y
      clip: true
      T.ScrollBar.vertical: ScrollTrack {}
      model: root.app.people
      activeFocusOnTab: true
      boundsBehavior: Flickable.StopAtBounds
      keyNavigationEnabled: true
      currentIndex: 0
      Accessible.role: Accessible.List
      Accessible.name: root.app.lobby.shown.title
      Keys.onReturnPressed: root.callMarked()
      Keys.onEnterPressed: root.callMarked()
      Keys.onPressed: event => {
        if (event.key === Qt.Key_Home)
          currentIndex = 0;
        else if (event.key === Qt.Key_End)
          currentIndex = count - 1;
        else if (event.key === Qt.Key_Menu && currentItem)
          personMenu.show(currentItem as PersonRow, width / 2, 32, Qt.TabFocusReason);
        else
          return;
        event.accepted = true;
      }
      section.property: root.app.people.grouped ? "group" : ""
      section.delegate: Words {
        required property string section
        x: 12
        height: 36
        verticalAlignment: Text.AlignVCenter
        text: section.length > 0 ? qsTr("On %1").arg(section) : qsTr("Elsewhere")
        color: Theme.text2
        font.pixelSize: Theme.small
        Accessible.role: Accessible.Heading
      }
      delegate: PersonRow {
        id: row
        width: ListView.view ? ListView.view.width : 0
        reachable: root.app.lobby.shown.state === LobbyPresenter.People
        onCalled: root.app.lobby.call(fingerprint)
        onMenuWanted: (x, y) => personMenu.show(row, x, y, Qt.PopupFocusReason)
      }
      add: Transition {
        NumberAnimation {
          property: "opacity"
          from: 0
          to: 1
          duration: Theme.quick
        }
      }
    }
    Words {
      anchors.horizontalCenter: parent.horizontalCenter
      y: list.y + 32
      visible: root.app.people.total > 0 && root.app.people.count === 0
      text: qsTr("Nobody with that name is here.")
      color: Theme.text2
    }
    Loader {
      id: emptiness
      y: strips.y + strips.height
      width: parent.width
      height: parent.height - y
      active: root.app.people.total === 0 && !root.app.lobby.shown.keyChanged
      visible: active
      sourceComponent: EmptyLobby {
        lobby: root.app.lobby
        relay: root.app.relay
        onJoinWanted: root.joining = true
        onNetworkWanted: root.app.showNetwork()
      }
    }
  }
  HallPanel {
    id: panel
    visible: root.wide
    x: root.width - width
    width: 272
    height: root.height
    identity: root.app.identity
    away: root.app.away
    audio: root.app.audio
    lobby: root.app.lobby
    relay: root.app.relay
    onRelayWanted: root.app.showRelay()
    onSettingsWanted: root.app.showSettings(SettingsModel.Sound)
    onNetworkWanted: root.app.showNetwork()
    onDiagnosticsWanted: root.app.showDiagnostics()
  }
  HallFoot {
    id: foot
    visible: !root.wide
    y: root.height - height
    width: root.width
    identity: root.app.identity
    audio: root.app.audio
    onDevicesWanted: root.panelOpen = true
  }
  NamedPopup {
    label: qsTr("You and your sound")
    x: root.width - width
    y: 0
    width: 304
    height: root.height
    padding: 0
    modal: true
    focus: true
    visible: root.panelOpen && !root.wide
    onOpened: contentItem.forceActiveFocus(Qt.TabFocusReason)
    onClosed: root.panelOpen = false
    T.Overlay.modal: Rectangle {
      color: Qt.alpha(Theme.sunken, 0.6)
    }
    background: Rectangle {
      color: Theme.hall
    }
    contentItem: Loader {
      active: root.panelOpen
      focus: true
      sourceComponent: HallPanel {
        closable: true
        onCloseWanted: root.panelOpen = false
        identity: root.app.identity
        away: root.app.away
        audio: root.app.audio
        lobby: root.app.lobby
        relay: root.app.relay
        onRelayWanted: {
          root.panelOpen = false;
          root.app.showRelay();
        }
        onSettingsWanted: {
          root.panelOpen = false;
          root.app.showSettings(SettingsModel.Sound);
        }
        onNetworkWanted: {
          root.panelOpen = false;
          root.app.showNetwork();
        }
        onDiagnosticsWanted: {
          root.panelOpen = false;
          root.app.showDiagnostics();
        }
      }
    }
  }
  PersonMenu {
    id: personMenu
    lobby: root.app.lobby
    onDetailsWanted: fingerprint => root.app.showContact(fingerprint)
  }
}
