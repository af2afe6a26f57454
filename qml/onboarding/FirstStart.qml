// The first start: a name, a microphone that is already heard, one click.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property IdentityPresenter identity
  required property AudioPresenter audio
  required property BackupPresenter backup
  required property FilePortal files
  readonly property bool restoring: backup.open === BackupPresenter.Restore
  readonly property bool wide: width >= 800

  function enter() {
    root.identity.enterLobby(nameBox.text);
  }

  color: Theme.bg

  Rectangle {
    id: hall
    visible: root.wide
    width: 416
    height: root.height
    color: Theme.hall

    Row {
      x: 34
      y: 30
      spacing: 14
      Brand {
        size: 28
      }
      Words {
        anchors.verticalCenter: parent.verticalCenter
        text: "Foyer"
        color: Theme.hallText
        font.pixelSize: Theme.title
        font.weight: Font.DemiBold
      }
    }
    VoiceArches {
      id: arches
      x: (parent.width - width) / 2
      y: Math.max(84, (root.height - 420) / 2)
      initials: root.identity.initialsOf(nameBox.text)
      hue: root.identity.hue
      lit: root.audio.arches
      doorWidth: 84
      doorHeight: 112
      gap: 17
    }
    Column {
      visible: !root.restoring  // the microphone is on the other page
      anchors.top: arches.bottom
      anchors.topMargin: 24
      x: 40
      width: parent.width - 80
      spacing: 6
      Words {
        width: parent.width
        horizontalAlignment: Text.AlignHCenter
        text: root.audio.verdict
        color: root.audio.troubled ? Theme.hallCaution : Theme.hallText
        font.pixelSize: Theme.title
        font.weight: Font.DemiBold
        wrapMode: Text.WordWrap
      }
      Words {
        width: parent.width
        horizontalAlignment: Text.AlignHCenter
        text: root.audio.fault.length > 0 ? root.audio.fault + ". " + root.audio.faultAdvice : qsTr("The arches light up as you speak; nothing more to check.")
        color: Theme.hallText2
        wrapMode: Text.WordWrap
      }
    }
    Item {
      x: 32
      width: parent.width - 64
      height: 64
      anchors.bottom: parent.bottom
      anchors.bottomMargin: 24
      Rectangle {
        width: parent.width
        height: 1
        color: Theme.hallLine
      }
      Icon {
        x: 0
        y: 12
        name: "lock"
        size: 18
        colour: Theme.hallText2
      }
      Words {
        x: 28
        y: 9
        width: parent.width - x
        text: qsTr("Every call is encrypted between the two computers. You can check it by reading two words aloud.")
        color: Theme.hallText2
        font.pixelSize: Theme.small
        wrapMode: Text.WordWrap
      }
    }
  }
  Flickable {
    id: page
    x: root.wide ? hall.width : 0
    width: root.width - x
    height: root.height
    contentHeight: (root.restoring ? restoreForm.y + restoreForm.height : form.y + form.height) + 24
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    T.ScrollBar.vertical: ScrollTrack {}

    FollowFocus {
      flickable: page
    }
    Loader {
      id: restoreForm
      x: form.x
      y: 62
      width: form.width
      active: root.restoring
      sourceComponent: RestoreForm {
        width: form.width
        backup: root.backup
        files: root.files
        onClosed: {
          root.backup.close();
          nameBox.forceActiveFocus(Qt.TabFocusReason);
        }
        Component.onCompleted: take()
      }
    }
    Column {
      id: form
      visible: !root.restoring
      x: root.wide ? 48 : 24
      y: Math.max(24, Math.min(62, (root.height - height) / 2))
      width: Math.min(480, page.width - 2 * x)
      spacing: 0

      Words {
        text: qsTr("Come in")
        font.pixelSize: Theme.display
        font.weight: Font.DemiBold
        font.letterSpacing: -0.4
        Accessible.role: Accessible.Heading
      }
      Item {
        width: 1
        height: 8
      }
      Words {
        width: parent.width
        text: qsTr("People on this network will see you by this name.")
        color: Theme.text2
        wrapMode: Text.WordWrap
      }
      Item {
        width: 1
        height: 26
      }
      Item {
        width: parent.width
        height: 28
        Words {
          text: qsTr("Your name")
          font.pixelSize: Theme.small
          font.weight: Font.Medium
          Accessible.ignored: true
        }
        PushButton {
          anchors.right: parent.right
          y: -10
          visible: root.identity.accountName.length > 0 && nameBox.text !== root.identity.accountName
          kind: PushButton.Quiet
          font.pixelSize: Theme.small
          leftPadding: 8
          rightPadding: 8
          implicitHeight: 36
          text: qsTr("Use “%1”").arg(root.identity.accountName)
          onClicked: nameBox.text = root.identity.accountName
        }
      }
      TextBox {
        id: nameBox
        width: parent.width
        label: qsTr("Your name")
        text: root.identity.name
        maximumLength: 64
        focus: true
        onAccepted: root.enter()
        Component.onCompleted: nameBox.forceActiveFocus()
      }
      Item {
        width: 1
        height: 26
      }
      Words {
        text: qsTr("Microphone")
        font.pixelSize: Theme.small
        font.weight: Font.Medium
        bottomPadding: 8
        Accessible.ignored: true
      }
      ChoiceBox {
        width: parent.width
        label: qsTr("Microphone")
        glyph: "mic"
        none: root.audio.known ? qsTr("No microphone found") : qsTr("Looking…")
        model: root.audio.inputs
        currentIndex: root.audio.inputs.currentIndex
        onActivated: index => root.audio.selectInput(index)
      }
      Item {
        width: 1
        height: 8
      }
      Item {
        width: parent.width
        height: Math.max(22, verdict.height)
        LinearMeter {
          id: meter
          width: Math.min(320, parent.width - 128)
          anchors.verticalCenter: parent.verticalCenter
          label: qsTr("Microphone level")
          value: root.audio.slats
          word: root.audio.verdict
        }
        Words {
          id: verdict
          anchors.right: parent.right
          anchors.verticalCenter: parent.verticalCenter
          width: parent.width - meter.width - 12
          horizontalAlignment: Text.AlignRight
          text: root.audio.heard ? qsTr("Good level") : root.audio.verdict
          color: root.audio.heard ? Theme.ok : root.audio.troubled ? Theme.caution : Theme.text2
          font.pixelSize: Theme.small
          font.weight: Font.Medium
          wrapMode: Text.WordWrap
        }
      }
      Item {
        width: 1
        height: 26
      }
      Words {
        text: qsTr("Speakers")
        font.pixelSize: Theme.small
        font.weight: Font.Medium
        bottomPadding: 8
        Accessible.ignored: true
      }
      Row {
        width: parent.width
        spacing: 12
        ChoiceBox {
          width: parent.width - testButton.width - 12
          label: qsTr("Speakers")
          glyph: "speaker"
          none: root.audio.known ? qsTr("No speakers found") : qsTr("Looking…")
          model: root.audio.outputs
          currentIndex: root.audio.outputs.currentIndex
          onActivated: index => root.audio.selectOutput(index)
        }
        PushButton {
          id: testButton
          height: 40
          width: 148
          glyph: "play"
          text: qsTr("Test sound")
          onClicked: root.audio.playTestSound()
        }
      }
      Item {
        width: 1
        height: 38
      }
      PushButton {
        width: parent.width
        height: 48
        kind: PushButton.Primary
        text: qsTr("Enter the lobby")
        hint: qsTr("Enter")
        onClicked: root.enter()
      }
      Item {
        width: 1
        height: 10
      }
      PushButton {
        x: -14
        kind: PushButton.Quiet
        glyph: "key"
        text: qsTr("I have used Foyer before…")
        onClicked: root.backup.begin(BackupPresenter.Restore)
      }
      Item {
        width: 1
        height: 6
      }
      Words {
        width: parent.width
        text: qsTr("No account, no password, nothing to agree to.") + " " + root.identity.seedHomeText
        color: Theme.text3
        font.pixelSize: Theme.small
        wrapMode: Text.WordWrap
      }
    }
  }
}
