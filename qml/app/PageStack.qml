// The page that is shown besides the lobby, and the rail beside it.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import QtQuick.Window
import Foyer.Call
import Foyer.Contacts
import Foyer.Diagnostics
import Foyer.Guide
import Foyer.History
import Foyer.Lobby
import Foyer.Model
import Foyer.Network
import Foyer.Onboarding
import Foyer.Relay
import Foyer.Settings

FocusScope {
  id: root

  required property AppPresenter app
  readonly property int shown: app.screen
  // Pages that a person came to by themselves: the rail stands beside them where there is room, else
  // each has its way home on it.
  readonly property bool isPage: app.call.shown.stage === CallPresenter.None && shown !== AppPresenter.Lobby && shown !== AppPresenter.Review && shown !== AppPresenter.FirstStart && shown !== AppPresenter.Blocked
  readonly property bool railed: isPage && width >= 560
  readonly property real railWidth: rail.width

  signal keysWanted

  // F6: the rail, the page, and back; the parts of a call.
  function nextRegion() {
    const call = loader.item as CallScreen;
    if (call) {
      call.nextRegion();
      return;
    }
    if (!rail.activeFocus) {
      rail.enter();
      return;
    }
    loader.forceActiveFocus(Qt.TabFocusReason);
    // What had the focus in the page has it again; a page that never had it gives its first control.
    if (!loader.hasFocusInside)
      loader.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason);
  }
  // Ctrl+F on the settings.
  function find() {
    const settings = loader.item as SettingsScreen;
    if (settings)
      settings.find();
  }
  // Esc on the page of a person.
  function leaveContact() {
    const contact = loader.item as ContactScreen;
    if (contact)
      contact.leave();
  }

  visible: shown !== AppPresenter.Lobby
  focus: visible

  NavigationRail {
    id: rail
    visible: root.railed
    width: visible ? implicitWidth : 0
    height: parent.height
    app: root.app
  }
  Loader {
    id: loader
    readonly property bool hasFocusInside: Window.activeFocusItem !== loader

    x: rail.width
    width: parent.width - x
    height: parent.height
    active: root.shown !== AppPresenter.Lobby
    focus: active
    sourceComponent: {
      switch (root.shown) {
      case AppPresenter.FirstStart:
        return firstStart;
      case AppPresenter.Blocked:
        return blocked;
      case AppPresenter.Call:
        return call;
      case AppPresenter.Relay:
        return relay;
      case AppPresenter.Relays:
        return relays;
      case AppPresenter.Network:
        return network;
      case AppPresenter.History:
        return history;
      case AppPresenter.Contacts:
        return contacts;
      case AppPresenter.Contact:
        return contact;
      case AppPresenter.Settings:
        return settings;
      case AppPresenter.Diagnostics:
        return diagnostics;
      case AppPresenter.Guide:
        return guide;
      case AppPresenter.Review:
        return review;
      default:
        return null;
      }
    }
  }
  Component {
    id: firstStart
    FirstStart {
      identity: root.app.identity
      audio: root.app.audio
      backup: root.app.backup
      files: root.app.files
    }
  }
  Component {
    id: blocked
    IdentityBlocked {
      identity: root.app.identity
      backup: root.app.backup
      files: root.app.files
    }
  }
  Component {
    id: call
    CallScreen {
      app: root.app
    }
  }
  Component {
    id: relay
    RelayScreen {
      hasBack: !root.railed
      relay: root.app.relay
      guests: root.app.relayGuests
      access: root.app.relayAccess
      onClosed: root.app.showLobby()
    }
  }
  Component {
    id: relays
    RelaysScreen {
      hasBack: !root.railed
      relays: root.app.relays
      lobby: root.app.lobby
      picture: root.app.picture
      files: root.app.files
      onClosed: root.app.showLobby()
      onHostingWanted: root.app.showRelay()
    }
  }
  Component {
    id: network
    NetworkScreen {
      hasBack: !root.railed
      network: root.app.network
      onClosed: root.app.showLobby()
      onSettingsWanted: root.app.showSettings(SettingsModel.Network)
    }
  }
  Component {
    id: settings
    SettingsScreen {
      hasBack: !root.railed
      app: root.app
      onClosed: root.app.showLobby()
    }
  }
  Component {
    id: history
    HistoryScreen {
      hasBack: !root.railed
      history: root.app.history
      onClosed: root.app.showLobby()
      onOpened: fingerprint => root.app.showContact(fingerprint)
      onCalled: fingerprint => root.app.lobby.call(fingerprint)
    }
  }
  Component {
    id: contacts
    ContactsScreen {
      hasBack: !root.railed
      contacts: root.app.contacts
      file: root.app.contactFile
      files: root.app.files
      onClosed: root.app.showLobby()
      onOpened: fingerprint => root.app.showContact(fingerprint)
    }
  }
  Component {
    id: contact
    ContactScreen {
      contact: root.app.contact
      onClosed: root.app.closeContact()
      onCalled: fingerprint => root.app.lobby.call(fingerprint)
    }
  }
  Component {
    id: diagnostics
    DiagnosticsScreen {
      hasBack: !root.railed
      app: root.app
      onClosed: root.app.showLobby()
    }
  }
  Component {
    id: guide
    GuideScreen {
      hasBack: !root.railed
      guide: root.app.guide
      onClosed: root.app.showLobby()
      onKeysWanted: root.keysWanted()
    }
  }
  Component {
    id: review
    KeyReview {
      app: root.app
    }
  }
}
