// The way from page to page, beside every page but the lobby, which is home, and a call: a sign over
// a word. One Tab stop; the arrow keys move in it.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

FocusScope {
  id: root

  required property AppPresenter app
  readonly property list<int> pages: [AppPresenter.Lobby, AppPresenter.History, AppPresenter.Contacts, AppPresenter.Network, AppPresenter.Relays, AppPresenter.Diagnostics, AppPresenter.Settings, AppPresenter.Guide]
  readonly property list<string> names: [qsTr("Lobby"), qsTr("History"), qsTr("Contacts"), qsTr("Network"), qsTr("Relays"), qsTr("Diagnostics"), qsTr("Settings"), qsTr("Guide")]
  readonly property list<string> glyphs: ["lobby", "history", "person", "network", "relay", "diagnostics", "settings", "help"]
  // A page that is opened from another counts as that one.
  readonly property int current: app.screen === AppPresenter.Relay ? AppPresenter.Relays : app.screen === AppPresenter.Contact ? AppPresenter.Contacts : app.screen
  // Room for the sign of the program where all entries still fit below it.
  readonly property int above: height >= 580 ? 64 : 4
  readonly property int entryHeight: Math.max(48, Math.min(60, Math.floor((height - above - 4) / pages.length) - column.spacing))

  // The entry of the page that is shown gets the focus.
  function enter() {
    for (let at = 0; at < entries.count; ++at)
      if (root.pages[at] === root.current)
        root.move(at);
  }
  function move(index: int) {
    const entry = entries.itemAt(index) as T.AbstractButton;
    if (entry)
      entry.forceActiveFocus(Qt.TabFocusReason);
  }
  function open(page: int) {
    if (page === root.app.screen)
      return;
    switch (page) {
    case AppPresenter.History:
      return root.app.showHistory();
    case AppPresenter.Contacts:
      return root.app.showContacts();
    case AppPresenter.Network:
      return root.app.showNetwork();
    case AppPresenter.Relays:
      return root.app.showRelays();
    case AppPresenter.Diagnostics:
      return root.app.showDiagnostics();
    case AppPresenter.Settings:
      return root.app.showSettings(SettingsModel.You);
    case AppPresenter.Guide:
      return root.app.showGuide();
    default:
      return root.app.showLobby();
    }
  }

  function widest(): real {
    let wide = 0;
    for (let at = 0; at < root.names.length; ++at)
      wide = Math.max(wide, metrics.advanceWidth(root.names[at]));
    return Math.ceil(wide);
  }

  // 76 as drawn; more where a language has longer words.
  implicitWidth: Math.max(76, widest() + 18)
  Accessible.role: Accessible.PageTabList
  Accessible.name: qsTr("Pages")

  FontMetrics {
    id: metrics
    font.family: Theme.family
    font.pixelSize: Theme.cap
    font.weight: Font.DemiBold
  }
  Rectangle {
    anchors.fill: parent
    color: Theme.hallDeep
  }
  Brand {
    anchors.horizontalCenter: parent.horizontalCenter
    y: 17
    visible: root.above > size
    size: 30
  }
  Flickable {
    id: view
    y: root.above
    width: parent.width
    height: parent.height - y
    contentHeight: column.height
    interactive: contentHeight > height
    boundsBehavior: Flickable.StopAtBounds
    clip: true

    Column {
      id: column
      width: parent.width
      topPadding: 4
      bottomPadding: 4
      spacing: 4

      Repeater {
        id: entries
        model: root.pages
        // Not checkable: what is chosen follows the page that is shown.
        T.TabButton {
          id: entry

          required property int modelData
          required property int index
          readonly property bool isCurrent: modelData === root.current
          readonly property int missed: modelData === AppPresenter.History ? root.app.history.unseen : 0

          x: 6
          width: root.width - 12
          height: root.entryHeight
          checkable: false
          hoverEnabled: true
          focusPolicy: isCurrent ? Qt.StrongFocus : Qt.ClickFocus
          text: root.names[index]
          Accessible.name: missed > 0 ? qsTr("%1, missed: %2").arg(text).arg(missed) : text
          Accessible.selectable: true
          Accessible.selected: isCurrent
          Accessible.onPressAction: root.open(modelData)
          onClicked: root.open(modelData)
          onActiveFocusChanged: {
            if (!activeFocus)
              return;
            if (y < view.contentY)
              view.contentY = Math.max(0, y - 4);
            else if (y + height > view.contentY + view.height)
              view.contentY = y + height + 4 - view.height;
          }
          Keys.onReturnPressed: clicked()
          Keys.onEnterPressed: clicked()
          Keys.onUpPressed: root.move(index - 1)
          Keys.onDownPressed: root.move(index + 1)
          Keys.onPressed: event => {
            if (event.key === Qt.Key_Home)
              root.move(0);
            else if (event.key === Qt.Key_End)
              root.move(entries.count - 1);
            else
              return;
            event.accepted = true;
          }

          background: Rectangle {
            radius: Theme.radiusRow
            // What the pointer is over is fainter than the page that is shown.
            color: entry.isCurrent || entry.down ? Theme.hallRaised : entry.hovered ? Qt.alpha(Theme.hallRaised, 0.45) : "transparent"
            // The page that is shown is told by a shape and by its weight, too.
            Rectangle {
              visible: entry.isCurrent
              y: (parent.height - height) / 2
              width: 3
              height: 24
              radius: 1
              color: Theme.hallFocus
            }
            FocusRing {
              visible: entry.visualFocus
              hall: true
            }
          }
          contentItem: Item {
            Icon {
              anchors.horizontalCenter: parent.horizontalCenter
              y: word.y - height - 6
              name: root.glyphs[entry.index]
              size: 20
              colour: word.color
            }
            Words {
              id: word
              anchors.horizontalCenter: parent.horizontalCenter
              y: (parent.height - height + 26) / 2
              // The longest word, when it is bold, keeps off the bar before it.
              width: Math.min(implicitWidth, parent.width - (entry.isCurrent ? 8 : 0))
              fontSizeMode: entry.isCurrent ? Text.HorizontalFit : Text.FixedSize
              minimumPixelSize: Theme.cap - 2
              horizontalAlignment: Text.AlignHCenter
              text: entry.text
              color: entry.isCurrent ? Theme.hallText : Theme.hallText2
              font.pixelSize: Theme.cap
              font.weight: entry.isCurrent ? Font.DemiBold : Font.Medium
              Accessible.ignored: true
            }
            Badge {
              x: parent.width / 2 + 6
              y: word.y - 28
              number: entry.missed
            }
          }
        }
      }
    }
  }
}
