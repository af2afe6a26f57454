// The window: one screen at a time, the banner above it, the toast below, the keys.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import QtQuick.Window
import Foyer.Call
import Foyer.Contacts
import Foyer.Diagnostics
import Foyer.Lobby
import Foyer.Model
import Foyer.Settings
import Foyer.Theme

Window {
  id: root

  required property AppPresenter app
  property bool quitting: false
  readonly property int screen_: app.screen
  readonly property bool inCall: screen_ === AppPresenter.Call
  // Its screen, or what stands before it for a while.
  readonly property bool talking: app.call.shown.stage === CallPresenter.Active && (inCall || screen_ === AppPresenter.Diagnostics)
  readonly property bool ringing: app.incoming.shown.ringing
  // A field with the focus keeps its letters.
  readonly property bool typing: activeFocusItem instanceof TextInput || activeFocusItem instanceof TextEdit
  // Where a dialog about the identity may stand; the first start and the blocked page have it built in.
  readonly property bool homely: screen_ === AppPresenter.Lobby || screen_ === AppPresenter.Settings
  readonly property bool busy: app.call.shown.stage !== CallPresenter.None && app.call.shown.stage !== CallPresenter.Ended || app.relay.shown.calls > 0 || app.relay.shown.others > 0
  readonly property bool seen: visible && visibility !== Window.Minimized

  function showKeys() {
    keySheet.active = true;
    (keySheet.item as ShortcutSheet).open();
  }

  width: Math.min(960, Screen.desktopAvailableWidth)
  height: Math.min(640, Screen.desktopAvailableHeight)
  minimumWidth: 480
  // Less where the screen has less: 800 lines at 200 %.
  minimumHeight: Math.min(480, Screen.desktopAvailableHeight)
  visible: true
  color: Theme.bg
  title: inCall && app.call.shown.name.length > 0 ? qsTr("%1 – Foyer").arg(app.call.shown.name) : "Foyer"

  // True when nothing is left to be asked. `again`: the program starts anew afterwards.
  function mayQuit(again: bool): bool {
    if (!root.busy || root.quitting)
      return true;
    quitDialog.again = again;
    quitDialog.active = true;
    (quitDialog.item as QuitDialog).open();
    return false;
  }

  function startAgain(): void {
    root.quitting = true;
    Qt.exit(RestartPresenter.Again);
  }

  onClosing: close => {
    const closing = root.app.tray.closing();
    if (root.quitting || closing === TrayPresenter.Quits) {
      close.accepted = root.mayQuit(false);
      if (close.accepted) {
        root.quitting = true;
        Qt.quit();
      }
    } else {
      close.accepted = false;
      if (closing === TrayPresenter.Hides) {
        root.hide();
      } else {
        trayDialog.active = true;
        (trayDialog.item as TrayDialog).open();
      }
    }
  }

  Binding {
    target: Theme
    property: "dark"
    value: root.app.theme.dark
  }
  Binding {
    target: Theme
    property: "reducedMotion"
    value: root.app.theme.reducedMotion
  }
  Binding {
    target: Theme
    property: "family"
    value: root.app.theme.fontFamily
  }
  Binding {
    target: root.app.audio
    property: "meterWanted"
    value: root.seen && (root.app.audio.settingsShown || root.screen_ === AppPresenter.Settings || root.screen_ === AppPresenter.Lobby || root.screen_ === AppPresenter.FirstStart)
  }
  Binding {
    target: root.app.call
    property: "metersWanted"
    value: root.seen && root.inCall
  }

  Binding {
    target: root.app.telemetry
    property: "seen"
    value: root.seen
  }

  Loader {
    id: banner
    width: parent.width
    height: active ? implicitHeight : 0
    active: root.ringing && root.screen_ !== AppPresenter.FirstStart && root.screen_ !== AppPresenter.Blocked
    sourceComponent: IncomingBanner {
      incoming: root.app.incoming
    }
  }
  Loader {
    id: impaired
    y: banner.height
    width: parent.width
    height: active ? implicitHeight : 0
    active: root.app.diagnostics.impaired
    sourceComponent: ImpairmentStrip {
      diagnostics: root.app.diagnostics
    }
  }
  Item {
    id: page
    y: banner.height + impaired.height
    width: parent.width
    height: parent.height - y

    LobbyScreen {
      id: lobby
      anchors.fill: parent
      visible: root.screen_ === AppPresenter.Lobby
      app: root.app
    }
    PageStack {
      id: pages
      anchors.fill: parent
      app: root.app
      onKeysWanted: root.showKeys()
    }
  }
  // A picture of a code, from wherever it lies. Fields for other files have a place of their own.
  DropArea {
    id: drop
    anchors.fill: page
    z: -1
    enabled: !root.ringing && !root.inCall && root.screen_ !== AppPresenter.FirstStart && root.screen_ !== AppPresenter.Blocked
    keys: ["text/uri-list"]
    onDropped: drop => {
      const urls = [];
      for (const url of drop.urls)
        urls.push(url.toString());
      root.app.picture.readDropped(urls);
      drop.accept(Qt.CopyAction);
    }
  }
  Toast {
    toast: root.app.toast
    // Over the page, not over the panel beside it, which has the same colour.
    room: lobby.visible ? lobby.pageWidth : root.width - pages.railWidth
    x: pages.railWidth + (room - width) / 2
    y: parent.height - height - (root.inCall ? 96 : root.width < 800 ? 76 : 24)
  }
  // What a screen reader is told; Qt 6.4 has no other way to announce.
  Item {
    width: 1
    height: 1
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.app.announcement
    Accessible.ignored: root.app.announcement.length === 0
  }
  Loader {
    active: root.ringing
    sourceComponent: IncomingCard {
      incoming: root.app.incoming
      // Gone before its words are: the window itself ends a moment later.
      visible: root.ringing
    }
  }
  Loader {
    // Nothing modal in front of a ringing call.
    active: root.app.lobby.askedName.length > 0 && !root.ringing
    sourceComponent: AskDialog {
      lobby: root.app.lobby
    }
  }
  Loader {
    active: root.app.personLink.shown.open && !root.ringing && !root.inCall
    sourceComponent: PersonLinkDialog {
      link: root.app.personLink
    }
  }
  Loader {
    active: root.homely && root.app.backup.open === BackupPresenter.Backup && !root.ringing
    sourceComponent: BackupDialog {
      backup: root.app.backup
      files: root.app.files
    }
  }
  Loader {
    active: root.homely && root.app.backup.open === BackupPresenter.Restore && !root.ringing
    sourceComponent: RestoreDialog {
      backup: root.app.backup
      files: root.app.files
    }
  }
  Connections {
    target: root.app.tray
    function onQuitWanted(): void {
      if (root.busy)
        root.show();
      if (!root.mayQuit(false))
        return;
      root.quitting = true;
      Qt.quit();
    }
  }
  Connections {
    target: root.app.restart
    function onWanted(): void {
      if (root.mayQuit(true))
        root.startAgain();
    }
  }
  Loader {
    id: trayDialog
    active: false
    sourceComponent: TrayDialog {
      onHideChosen: {
        root.app.tray.chooseClosing(true);
        root.hide();
      }
      onQuitChosen: {
        root.app.tray.chooseClosing(false);
        if (!root.mayQuit(false))
          return;
        root.quitting = true;
        Qt.quit();
      }
    }
  }
  Loader {
    id: quitDialog

    property bool again: false

    active: false
    sourceComponent: QuitDialog {
      app: root.app
      again: quitDialog.again
      onConfirmed: {
        if (again)
          return root.startAgain();
        root.quitting = true;
        Qt.quit();
      }
    }
  }

  Loader {
    id: keySheet
    active: false
    sourceComponent: ShortcutSheet {
      hasGuide: lobby.visible || pages.isPage
      onGuideWanted: root.app.showGuide()
    }
  }
  // Nothing modal in front of a ringing call.
  onRingingChanged: {
    if (!ringing)
      return;
    lobby.closePanel();
    root.app.lobby.dropAsk();
    if (keySheet.item)
      (keySheet.item as ShortcutSheet).close();
    if (trayDialog.item)
      (trayDialog.item as TrayDialog).close();
  }

  Shortcut {
    sequence: "F1"
    enabled: !root.ringing
    onActivated: root.showKeys()
  }
  Shortcut {
    sequence: "?"
    enabled: !root.ringing && !root.typing
    onActivated: root.showKeys()
  }
  Shortcut {
    sequence: "Ctrl+F"
    enabled: root.screen_ === AppPresenter.Lobby
    onActivated: lobby.find()
  }
  Shortcut {
    sequence: "Ctrl+F"
    enabled: root.screen_ === AppPresenter.Settings
    onActivated: pages.find()
  }
  Shortcut {
    sequence: "Ctrl+,"
    enabled: !root.ringing && root.app.call.shown.stage === CallPresenter.None && root.screen_ !== AppPresenter.FirstStart && root.screen_ !== AppPresenter.Blocked
    onActivated: root.app.showSettings(SettingsModel.You)
  }
  Shortcut {
    sequence: "Ctrl+H"
    enabled: root.screen_ === AppPresenter.Lobby || pages.isPage
    onActivated: root.app.showHistory()
  }
  Shortcut {
    sequence: "Ctrl+P"
    enabled: root.screen_ === AppPresenter.Lobby || pages.isPage
    onActivated: root.app.showContacts()
  }
  Shortcut {
    sequence: "F6"
    enabled: root.screen_ === AppPresenter.Lobby || root.screen_ === AppPresenter.Call || pages.railed
    onActivated: root.screen_ === AppPresenter.Lobby ? lobby.nextRegion() : pages.nextRegion()
  }
  Shortcut {
    sequences: ["Ctrl+Return", "Ctrl+Enter"]
    enabled: root.ringing || root.screen_ === AppPresenter.Lobby
    onActivated: root.ringing ? root.app.incoming.accept() : lobby.callMarked()
  }
  Shortcut {
    // Cancels, declines, goes back; never ends a call that runs.
    sequence: "Esc"
    enabled: root.ringing || root.inCall || root.screen_ === AppPresenter.Relay || root.screen_ === AppPresenter.Relays || root.screen_ === AppPresenter.Network || root.screen_ === AppPresenter.Settings || root.screen_ === AppPresenter.History || root.screen_ === AppPresenter.Diagnostics || root.screen_ === AppPresenter.Contacts || root.screen_ === AppPresenter.Contact || root.screen_ === AppPresenter.Guide || root.screen_ === AppPresenter.Review
    onActivated: {
      const stage = root.app.call.shown.stage;
      if (root.ringing)
        root.app.incoming.decline();
      else if (root.screen_ === AppPresenter.Diagnostics)
        root.app.showLobby();
      else if (root.app.telemetry.open)
        root.app.telemetry.close();
      else if (stage === CallPresenter.Ended)
        root.app.call.dismiss();
      else if (root.inCall && stage !== CallPresenter.Active)
        root.app.call.hangUp();
      else if (root.screen_ === AppPresenter.Contact)
        pages.leaveContact();
      else if (root.screen_ === AppPresenter.Settings && root.app.settings.search.length > 0)
        root.app.settings.search = "";
      else if (!root.inCall)
        root.app.showLobby();
    }
  }
  Shortcut {
    sequences: ["Ctrl+M"]
    enabled: root.app.call.shown.stage !== CallPresenter.None
    onActivated: root.app.call.toggleMute()
  }
  Shortcut {
    sequence: "M"
    enabled: (root.inCall || root.talking) && !root.typing
    onActivated: root.app.call.toggleMute()
  }
  Shortcut {
    sequence: "D"
    enabled: (root.inCall || root.talking) && !root.typing
    onActivated: root.app.call.toggleDeafen()
  }
  Shortcut {
    sequence: "Ctrl+E"
    enabled: root.app.call.shown.stage !== CallPresenter.None
    onActivated: root.app.call.hangUp()
  }
  Shortcut {
    // Beside a call its figures, else what needs no call.
    sequence: "F12"
    enabled: root.screen_ !== AppPresenter.FirstStart && root.screen_ !== AppPresenter.Blocked
    onActivated: {
      if (root.screen_ === AppPresenter.Diagnostics)
        root.app.showLobby();
      else if (root.app.call.shown.stage === CallPresenter.Active)
        root.app.telemetry.toggle();
      else
        root.app.showDiagnostics();
    }
  }
  Shortcut {
    sequence: "Ctrl+1"
    enabled: root.inCall || root.talking
    onActivated: root.app.quality.chooseAuto()
  }
  Shortcut {
    sequence: "Ctrl+2"
    enabled: root.inCall || root.talking
    onActivated: root.app.quality.choose(0)
  }
  Shortcut {
    sequence: "Ctrl+3"
    enabled: root.inCall || root.talking
    onActivated: root.app.quality.choose(3)
  }
  Shortcut {
    sequence: "Ctrl+4"
    enabled: root.inCall || root.talking
    onActivated: root.app.quality.choose(5)
  }
  Shortcut {
    sequence: "Ctrl+K"
    enabled: root.inCall || root.talking
    onActivated: {
      if (!root.inCall)
        root.app.showLobby();
      root.app.call.showWords();
    }
  }
}
